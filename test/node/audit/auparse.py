"""Prints what libauparse, the reader of auditd, understands of each line on its standard input: an object of names and interpreted values."""
import json
import sys

import auparse


def fields_of(line):
    parser = auparse.AuParser(auparse.AUSOURCE_BUFFER, line + "\n")
    if not parser.parse_next_event() or not parser.first_field():
        return {}
    fields = {"time": parser.get_timestamp().sec + parser.get_timestamp().milli / 1000}
    while True:
        fields[parser.get_field_name()] = parser.interpret_field()
        if not parser.next_field():
            return fields


for line in sys.stdin:
    print(json.dumps(fields_of(line.rstrip("\n"))))
