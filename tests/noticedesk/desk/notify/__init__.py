"""Alarms: found, told, acknowledged, ended."""
