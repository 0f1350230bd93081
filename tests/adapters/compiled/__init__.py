"""Compiled templates against docxtpl itself."""
