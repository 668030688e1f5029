"""The record that an inspector follows: its seals, who took what out of the service, and one application as a whole."""
