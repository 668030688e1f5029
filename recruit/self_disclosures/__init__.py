"""The self-disclosure of those on a shortlist: asked once they know of it, sealed, and read by the safeguarding lead.

What was disclosed is in `contents` alone.  Nothing that HR, a panel or an export stands on may import that: the import
contract "What was disclosed is out of reach" holds it.  The chair of a panel reads what the lead wrote for them, which
is in `releases`.
"""
