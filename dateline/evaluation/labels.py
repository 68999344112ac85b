"""Our sub-types in the words of other people's sets, from the published taxonomy map."""

#: MUC-4 incident types.
MUC: dict[str, frozenset[str]] = {
    "Air/drone strike": frozenset({"ATTACK"}),
    "Shelling/artillery/missile attack": frozenset({"ATTACK"}),
    "Suicide bomb": frozenset({"BOMBING"}),
    "Remote explosive/landmine/IED": frozenset({"BOMBING"}),
    "Grenade": frozenset({"BOMBING"}),
    "Attack": frozenset({"ATTACK"}),
    "Armed clash": frozenset({"ATTACK"}),
    "Mob violence": frozenset({"ATTACK"}),
    "Abduction/forced disappearance": frozenset({"KIDNAPPING"}),
    "Looting/property destruction": frozenset({"ARSON"}),
}

MUC_LEFT_OUT = frozenset({"FORCED WORK STOPPAGE"})
"""A type of MUC-4 that is no incident in our taxonomy."""

#: Action types of the South Asia Terrorism Portal's summaries.
SATP: dict[str, str] = {
    "Armed clash": "armed_assault",
    "Attack": "armed_assault",
    "Arrests": "arrest",
    "Remote explosive/landmine/IED": "bombing",
    "Grenade": "bombing",
    "Suicide bomb": "bombing",
    "Looting/property destruction": "infrastructure",
    "Change to group/activity": "surrender",
    "Disrupted weapons use": "seizure",
    "Abduction/forced disappearance": "abduction",
}

#: What a crime with a gun may be called.
GUN = frozenset({"Attack", "Armed clash", "Abduction/forced disappearance"})
