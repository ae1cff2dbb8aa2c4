"""Every kind of step in the life of an issue, each declared once."""

from wallboard.lifecycle.kinds import Kinds
from wallboard.lifecycle.steps import admitting, alleviating, answering, deciding, escalating

KINDS = Kinds(*admitting.KINDS, *alleviating.KINDS, *deciding.KINDS, *answering.KINDS, *escalating.KINDS)
