"""Mentions to entities: later mentions to full names, offices to people, quotes to speakers, short forms to long."""
