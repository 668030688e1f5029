"""Every number that a person could argue about, with its unit and its source."""

from datetime import time, timedelta
from decimal import Decimal

# Pay
FULL_TIME_HOURS = Decimal("37")  # hours a week; the Green Book's standard working week
YEAR_WEEKS = Decimal("52.143")  # weeks of a year (365 / 7), as the NJC has counted them since 2024
PAID_WEEKS = (Decimal("20"), Decimal("52"))  # paid weeks a year of a term-time post; beyond these a figure is a slip

# Vacancies
MINIMUM_ADVERT_DAYS = 7  # whole days between publication and closing; sample policy, to be set by the council
MAXIMUM_ADVERT_DAYS = 366  # whole days; a slip of the year, not a policy
CRITERIA = (1, 12)  # essential criteria of one vacancy: fewest, most; each needs an answer, on a phone
CRITERION_CHARACTERS = 300  # characters of one criterion; the column's width
CRITERION_WEIGHTS = (1, 3)  # how much one criterion counts beside the others: least, most; sample policy
CRITERIA_SETS = 100  # sets offered to a team; a guard, not a policy
TEMPLATES = 100  # templates shown; a guard, not a policy
VACANCIES_A_PAGE = 20
CLOSED_VACANCY_KEPT = timedelta(days=90)  # after closing its page can be read; then it answers 410 (domain research, 8)
COMMENT_CHARACTERS = 2_000  # characters of one comment between author and approver
COMMENTS = 200  # comments on one vacancy that are taken and shown; a guard, not a policy
APPROVALS_SHOWN = 100  # vacancies of the list that waits for approval; the oldest first
VACANCIES_ON_TABLE = 200  # vacancies shown that stand on one pay table, and that one award is applied to at once
POSTS = (1, 50)  # posts that one vacancy fills

# Open data
FEED_VACANCIES = 200  # newest open vacancies in the feed; a guard, not a policy
SITEMAP_VACANCIES = 45_000  # of the 50,000 addresses that the sitemap protocol allows in one file
API_VACANCIES_A_PAGE = 50
API_PAGES = 10_000  # the highest page that can be asked for

# Applications
EVIDENCE_WORDS = 250  # words for each criterion; about 1,500 for a usual set of six (domain research, section 12)
DUTIES_WORDS = 150  # words; DfE Teaching Vacancies asks the same
REASON_WORDS = 50  # words for a reason for leaving; DfE Teaching Vacancies asks the same
EXPLANATION_WORDS = 150  # words for what somebody did in a gap
REFEREE_SPAN_YEARS = 3  # whole years that referees must cover together; partnership manuals ask 3 to 5
HISTORY_ENTRIES = 200  # entries of one application's history; a guard, not a policy
QUALIFICATIONS = 50  # rows of one application; a guard, not a policy
REFEREES = (2, 6)  # fewest (safer recruitment practice), most
LETTER_CHARACTERS = 4_000  # characters of each part of a letter that people word
PAGE_OF_APPLICATIONS = 25  # rows of the review queue
SHORTEST_SEARCH = 2  # characters of a name that HR can look for
SEARCHED_WORDS = 4  # words of a search that are looked for, the longest
LABELS = 60  # labels that HR names, the retired ones included; all stand in one list
LABEL_CHARACTERS = 40
LABEL_RENAMES_SHOWN = 200  # newest, on the page of labels; a guard, not a policy
SAVED_VIEWS = 20  # views of the queue that one person keeps; all stand above it
VIEW_NAME_CHARACTERS = 60
BULK_APPLICATIONS = 500  # applications that one step is done with together: some seconds in one transaction
UNDELIVERED_COUNTED = 100  # messages that did not arrive that the queue counts; from here on it says “100 or more”
HELD_SHOWN = 500  # decisions on the page “Ready to send”, and of one release
QUEUE_DUE = (0, 2, 5)  # working days until a promise is broken, to filter the queue by; 0 is broken already
EXPORTED_APPLICATIONS = 5_000  # rows of one exported file: a second's work; a longer list is narrowed down first
ZIPPED_APPLICATIONS = 50  # PDFs of one zip: half a minute's work of the process that makes them
RECORD_APPLICATIONS = 500  # applications that the record of one vacancy lists, by reference
DISCLOSURES_SHOWN = 50  # of what was taken out last, on the page that offers exports
NOTE_CHARACTERS = 2_000  # characters of a reviewer's note, and of feedback to a candidate

REMIND_BEFORE_CLOSING = timedelta(hours=48)  # from when candidates with a draft are reminded
REMIND_AT_LEAST = timedelta(hours=2)  # before closing; later it would not help any more
REMIND_HOURS = (9, 19)  # o'clock in London: from, until; nobody's phone buzzes at night
REMIND_AFTER_SAVING = timedelta(hours=2)  # whoever has just been writing needs no reminder
REMINDERS_AT_ONCE = 200  # reminders posted in one round, each minute

INTEREST_KEPT = timedelta(days=365)  # after the last yes (domain research, 6: talent pool)
INTEREST_ASKED_BEFORE = timedelta(days=30)  # its end: at 11 months (domain research, 6)
INTERESTS_SHOWN = 500  # people that staff see in one list, the newest; a guard, not a policy

# Documents
DOCUMENT_BYTES = 10 * 1024 * 1024  # bytes of one file; a scan of some pages, or a phone's photo
VACANCY_DOCUMENTS = 5  # of one vacancy; whoever needs more has written a website
FILE_NAME_CHARACTERS = 120  # characters of a name that is kept; the column has more
ARCHIVE_ENTRIES = 2_000  # files in a DOCX or ODT, which are archives; a long report has some hundred
ARCHIVE_BYTES = 50 * 1024 * 1024  # bytes of a DOCX or ODT unpacked
ARCHIVE_RATIO = 200  # times that a DOCX or ODT may grow when it is unpacked; text grows tenfold
PICTURE_PIECES = 20_000  # segments of a JPEG, chunks of a PNG; a photo has some hundred, a PNG of 10 MB some thousand
PDF_INFLATED_BYTES = 20 * 1024 * 1024  # bytes of a PDF's packed objects that are looked at
DOCUMENT_REQUESTS = 20  # asked for on one application; a guard, not a policy
DOCUMENT_DUE_WITHIN = timedelta(days=92)  # the last day that can be set for one
DOCUMENT_DUE_USUAL = 7  # days from today that a new request starts with; sample policy
ORPHAN_KEPT = timedelta(hours=1)  # that stored bytes without a row are left: their form may still be on its way
SWEEP_EVERY = timedelta(hours=1)  # that stored bytes are compared with the rows

# Panels and the sift
PANEL_MEMBERS = (2, 8)  # fewest (Keeping Children Safe in Education: at least two shortlist), most (a guard)
SAFER_RECRUITMENT_YEARS = 3  # whole years that training counts; no law says, providers advise to renew every three
SCORERS = 2  # independent scorers of each application (domain research, 4.6)
SCORES = (0, 3)  # points for one criterion: fewest, most
MEETS = 2  # points from which a criterion is met
DISAGREEMENT = 2  # points between two scorers that the chair settles
SCORE_NOTE_CHARACTERS = 1_000  # characters of the note beside one score
REDACTIONS = 50  # phrases that HR hides in one application; a guard, not a policy

# Conversation
CONVERSATION_CHARACTERS = 4_000  # of one message
MESSAGE_TEMPLATES = 100  # templates that HR keeps; a guard, not a policy
CONVERSATION_SHOWN = 200  # the newest messages of one application; a guard, not a policy
CONVERSATION_A_DAY = 20  # messages that a candidate writes about one application in …
CONVERSATION_DAY = timedelta(hours=24)
CONVERSATION_TWICE = timedelta(minutes=5)  # the same words within it are a second click, not a second message

# Interviews
INTERVIEWERS = (2, 6)  # fewest (safer recruitment: two or more interview), most (a guard)
INTERVIEW_STEP = timedelta(minutes=15)  # interviews begin and end on it: diaries are kept in these pieces
INTERVIEW_LENGTHS = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240)  # minutes that can be chosen
INTERVIEW_BREAKS = (0, 15, 30, 45, 60)  # minutes between two times that are set together
INTERVIEW_HOURS = (8, 18)  # o'clock in London: the first begins, the last ends
INTERVIEW_SLOTS_AT_ONCE = 12  # times that are set together on one day
INTERVIEW_SLOTS = 200  # times of one vacancy; a guard, not a policy
INTERVIEW_CHANGE_LIMIT = timedelta(hours=24)  # before an interview: until then its candidate chooses and changes it
OPENINGS_A_PAGE = 50  # times that an application was opened, on one page of the list
LARGEST_ID = 2**63 - 1  # of a number in an address that a column of ids holds
INTERVIEW_QUESTIONS = 20  # questions of one interview; more than anybody can ask in an hour
STAFF_MAIL_DAYS = 30  # days for which an email to a colleague that did not arrive is listed; a guard, not a policy
STAFF_MAILS = 50  # of them that one page lists
QUESTION_SETS = 100  # sets of questions kept for one kind of interview; a guard, not a policy
QUESTION_CHARACTERS = 500  # characters of one question; the column's width
SHORT_POST_MONTHS = 6  # a paid post that ended before so many months is asked about; sample policy
OVERLAP_MONTHS = 2  # months that two paid posts share from which it is asked how: one month is a change of job

# Self-disclosure
DISCLOSURE_WORKING_DAYS = 5  # working days to send it where no interview is set yet; sample policy
DISCLOSURE_ASKED_WITHIN = timedelta(
    days=28
)  # after the day by which a candidate was to hear more; later nobody is asked
DISCLOSURE_REMINDER_DAYS = 2  # working days before it is needed at which its candidate is reminded; sample policy
DISCLOSURE_DUE_WITHIN = timedelta(days=21)  # of asking, and of an interview whose reminder is near: with all holidays
DISCLOSURE_MATTERS = 40  # entries of one self-disclosure; a guard, not a policy
DISCLOSURE_CHARACTERS = 4_000  # of one answer, addition or note
DISCLOSURE_ADDITIONS = 20  # that one candidate adds after sending; a guard, not a policy
DISCLOSURE_OPEN = timedelta(minutes=15)  # that one opening lets somebody read; then they open it again, which is kept
DISCLOSURES_A_PAGE = 50
DISCLOSURES_AT_ONCE = 200  # asked for, or reminded of, in one step of the worker

# Equality
EQUALITY_TOGETHER = 5  # answers of one stage that become counts in one step
EQUALITY_SHOWN_FROM = 5  # the smallest number shown, and what numbers are rounded down to (domain research, 5.1)

# Accounts
PASSWORD_CHARACTERS = (8, 256)  # fewest (NCSC), most (a guard against costly hashing)
SIGN_IN_TRIES_ACCOUNT = 9  # failed tries for one account within the window; the tenth is refused (security promises)
SIGN_IN_TRIES_ADDRESS = 49  # failed tries from one address within the window
SIGN_IN_WINDOW = timedelta(minutes=5)
MAIL_TRIES_ACCOUNT = 5  # confirmation or reset mails to one address within an hour
MAIL_TRIES_ADDRESS = 50  # the same from one network address, an office behind one line included
MAIL_WINDOW = timedelta(hours=1)
CONFIRM_LINK_LIVES = timedelta(hours=48)
RESET_LINK_LIVES = timedelta(hours=1)
EMAIL_UNDO_LIVES = timedelta(days=14)  # how long the old address can stop or undo a change; longer than most holidays
PASSKEYS = 10  # of one account; a guard, not a policy
PASSKEY_NAME_CHARACTERS = 60
PASSKEY_CREDENTIAL_CHARACTERS = 16_000  # of what a browser sends of a passkey; the longest known are some 3,000
PASSKEY_CREDENTIAL_ID_BYTES = 1023  # WebAuthn level 2, 7.1
CHALLENGE_LIVES = timedelta(minutes=10)  # ASVS 6.5.5
SESSION_IDLE_CANDIDATE = timedelta(hours=8)  # DfE Teaching Vacancies uses the same
SESSION_IDLE_STAFF = timedelta(hours=2)  # DfE Teaching Vacancies uses the same
SESSION_LIFE_CANDIDATE = timedelta(days=7)
SESSION_LIFE_STAFF = timedelta(hours=12)  # ASVS 7.3.2: an absolute lifetime

# Email alerts
ALERTS_AN_ADDRESS = 10  # alerts of one address, confirmed or not; a guard, not a policy
ALERT_TRIES_ACCOUNT = 5  # alerts asked for with one address within an hour
ALERT_TRIES_ADDRESS = 50  # the same from one network address, an office behind one line included
ALERT_WINDOW = timedelta(hours=1)
ALERT_CONFIRM_LINK_LIVES = timedelta(hours=72)  # PECR practice: 24 to 72 hours (domain research, 12)
ALERT_UNCONFIRMED_KEPT = timedelta(days=7)  # then an alert that nobody confirmed is removed (domain research, 12)
ALERT_KEPT = timedelta(days=365)  # after the last yes we ask whether it is still wanted (domain research, 12)
ALERT_ANSWER_WITHIN = timedelta(days=28)  # then it ends
ALERT_LINK_LIVES = timedelta(days=400)  # links in alert emails: longer than a year and the time to answer
ALERT_DIGEST_AT = time(8)  # in London: before the working day
ALERT_DIGEST_WEEKDAY = 0  # Monday
ALERT_VACANCIES_A_MAIL = 20  # listed in one email; a link leads to the rest
SAVED_VACANCIES = 100  # vacancies that one candidate keeps; a guard, not a policy

# Pages that staff write
SUMMARY_CHARACTERS = 160  # characters of a page's summary; search engines show no more
CLAIM_CHARACTERS = 500  # characters of one claim: a sentence or two
ADDRESS_CHARACTERS = 500  # characters of a source's address; the column's width
CLAIM_DAYS = (1, 3_650)  # whole days after which a claim is to be checked again: fewest, most
CLAIM_DAYS_USUAL = 180  # whole days; what a new claim starts with, sample policy
CONTENT_NOTE_CHARACTERS = 300  # characters of what somebody says of a change
CONTENT_VERSIONS_SHOWN = 100  # versions of one page's history; a guard, not a policy
CONTENT_PAGES = 500  # pages, stories and news that are public at one time; a guard, not a policy
NEWS_A_PAGE = 20  # pieces of news on one page
NEWS_ON_HOME = 3  # pieces of news on the first page
NEWS_IN_FEED = 50  # newest pieces of news in the feed

# Details before the start
ADDRESS_YEARS = 5  # years of addresses that a DBS check asks for (DBS, guides for applicants)
AGES = (16, 100)  # years: the youngest and the oldest that a date of birth is taken for
ENTRIES = 40  # addresses, or stays outside the UK; a guard, not a policy
STARTERS_SHOWN = 500  # people on HR’s list of those who are to start; a guard, not a policy
DETAILS_REMINDERS_AT_ONCE = 100  # posted in one transaction of the worker

# Requests and text
LINE_CHARACTERS = 200  # characters of a one-line answer; the column's width
EMAIL_CHARACTERS = 254  # characters; RFC 5321
PROSE_CHARACTERS = 20_000  # characters of a long answer, far above its word limit
PDF_CHARACTERS = 600_000  # characters of markup that one PDF is made of; the longest application has some 300,000
PDF_SECONDS = 60  # for one PDF to be made, the longest application takes 9; then the try is ended
PDFS_WAITING = 6  # PDFs that one web process is asked for at one time; the next is told to come back
PDF_MEMORY = 1024**3  # bytes of addresses of the process that makes PDFs: the longest application needs about half
PDF_IDLE_SECONDS = 120  # after which that process ends
PDFS_A_PROCESS = 100  # after which another takes its place
REQUEST_BYTES = 1024 * 1024  # bytes of one request's body
UPLOAD_REQUEST_BYTES = 24 * 1024 * 1024  # the same where a file is sent: one that is too large is told beside its field
UPLOAD_SECONDS = 120  # for such a body to come whole: 10 MB from a phone at about 1 Mbit/s
QUERY_CHARACTERS = 200  # characters of a search that are read

# Messages
LEASE = timedelta(seconds=60)  # how long a worker may hold a message before another takes it
RETRY_AFTER = (30, 120, 600, 1800, 3600)  # seconds after the first, second, … failed try; the last repeats
RETRY_FOR = timedelta(days=3)  # then the message is marked as failed for a person to see

SYNONYM_CHARACTERS = 60  # characters of one word or phrase that finds others
SYNONYM_PHRASES = 30  # words and phrases of one group
SYNONYM_GROUPS = 300  # groups, so that a query is read quickly
SYNONYM_EVENTS_SHOWN = 50  # acts on one group that its page shows, the newest
