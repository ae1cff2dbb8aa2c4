"""Event logs of tickets as such tools export them, in small: written for these tests."""

HEADER = (
    "number,incident_state,active,reopen_count,sys_mod_count,opened_at,sys_updated_at,contact_type,category,assignment_group,"
    "resolved_at,closed_at"
)
ROWS = """
INC0000045,New,true,0,0,29/2/2016 01:16,29/2/2016 01:23,Phone,Category 55,Group 56,?,?
INC0000045,Active,true,0,1,29/2/2016 01:16,29/2/2016 08:53,Phone,Category 55,Group 56,?,?
INC0000045,Active,true,0,2,29/2/2016 01:16,29/2/2016 11:03,Phone,Category 55,?,?,?
INC0000045,Awaiting User Info,true,0,3,29/2/2016 01:16,1/3/2016 09:00,Phone,Category 55,Group 56,?,?
INC0000045,Resolved,true,0,4,29/2/2016 01:16,2/3/2016 11:29,Phone,Category 55,Group 56,2/3/2016 11:29,?
INC0000045,Closed,false,0,5,29/2/2016 01:16,7/3/2016 12:00,Phone,Category 55,Group 56,2/3/2016 11:29,7/3/2016 12:00
INC0000047,Active,true,0,1,29/2/2016 04:40,29/2/2016 05:30,Phone,Category 40,Group 70,?,?
INC0000047,New,true,0,0,29/2/2016 04:40,29/2/2016 04:57,Phone,Category 40,Group 70,?,?
INC0000047,Resolved,true,0,2,29/2/2016 04:40,29/2/2016 18:00,Phone,Category 40,Group 70,?,?
INC0000047,Active,true,1,3,29/2/2016 04:40,3/3/2016 10:05,Phone,Category 40,Group 70,?,?
INC0000047,Awaiting Vendor,true,1,4,29/2/2016 04:40,3/3/2016 10:05,Phone,Category 40,Group 70,?,?
INC0000047,Resolved,true,1,5,29/2/2016 04:40,8/3/2016 10:00,Phone,Category 40,Group 70,?,?
INC0000057,Awaiting Problem,true,0,7,?,29/2/2016 06:10,Phone,Category 20,Group 70,?,?
INC0000060,-100,true,0,0,29/2/2016 07:00,29/2/2016 07:01,Phone,Category 20,Group 70,?,?
INC0000061,?,true,0,0,29/2/2016 07:00,29/2/2016 07:01,Phone,Category 20,Group 70,?,?
INC0000062,Closed,false,0,9,?,1/3/2016 07:00,?,?,?,?,1/3/2016 07:00
INC0000063,Resolved,true,0,1,5/3/2016 07:00,1/3/2016 07:00,Phone,Category 20,Group 70,?,?
INC0000064,New,true,0,0,?,?,Phone,Category 20,Group 70,?,?
""".strip().splitlines()
SOURCE = """
[incidents]
feed = "ticket_events"
file = "incidents*.csv"
key  = ["number", "sys_mod_count"]
null = ["?"]
[incidents.columns]
ticket    = "number"
status    = "incident_state"
at        = "sys_updated_at"
opened_at = "opened_at"
seq       = "sys_mod_count"
[incidents.dates]
at        = "%d/%m/%Y %H:%M"
opened_at = "%d/%m/%Y %H:%M"
[incidents.values.status]
"New"                = "new"
"Active"             = "in work"
"Awaiting User Info" = "waiting for the customer"
"Awaiting Problem"   = "waiting"
"Awaiting Vendor"    = "waiting"
"Awaiting Evidence"  = "waiting"
"Resolved"           = "solved"
"Closed"             = "closed by the helpdesk"
"""
XES = """case:concept:name,concept:name,lifecycle:transition,time:timestamp,org:resource
1-364285768,Accepted,In Progress,2012-03-31T16:59:42+01:00,Siebel
1-364285768,Accepted,Wait - User,2012-04-02T09:00:00+01:00,Frederic
1-364285768,Accepted,In Progress,2012-04-03T09:00:00+01:00,Frederic
1-364285768,Completed,Resolved,2012-04-06T16:44:07+01:00,Anne
1-364285768,Completed,Closed,2012-04-11T16:44:07+01:00,Siebel
1-364285769,Queued,Awaiting Assignment,2012-04-01T10:00:00+01:00,Siebel
"""
XES_SOURCE = """
[cases]
feed = "ticket_events"
file = "cases.csv"
key  = "row"
[cases.columns]
ticket = "case:concept:name"
status = "lifecycle:transition"
at     = "time:timestamp"
owner  = "org:resource"
[cases.values.status]
"Awaiting Assignment" = "new"
"In Progress"         = "in work"
"Wait - User"         = "waiting for the customer"
"Resolved"            = "solved"
"Closed"              = "closed by the helpdesk"
"""


def log(*rows: str) -> str:
    return "\n".join((HEADER, *rows, ""))
