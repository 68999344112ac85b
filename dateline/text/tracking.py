"""Query parameters that say how a reader came, not what the page is.

Owns the table. Refuses to guess: a parameter that is not in the table stays.
"""

PREFIXES = (
    *("utm_", "at_", "ns_", "mc_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "ga_", "_hs", "oly_", "vero_"),
    *("wt_", "trk_", "elqtrack", "spm_", "__twitter_", "fb_action_", "fb_source", "awc_", "pd_rd_", "sc_c"),
)
"""Beginnings of names: campaign parameters of Google, AT Internet, comScore, Mailchimp, HubSpot, Matomo and others."""

NAMES = frozenset(
    (
        # click ids
        *(
            "fbclid",
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "msclkid",
            "yclid",
            "ysclid",
            "twclid",
            "ttclid",
        ),
        *(
            "igshid",
            "igsh",
            "li_fat_id",
            "epik",
            "rdt_cid",
            "ef_id",
            "s_kwcid",
            "zanpid",
            "irclickid",
            "gad_source",
        ),
        # mail and campaigns
        *(
            "mkt_tok",
            "cmpid",
            "cmp",
            "ocid",
            "ncid",
            "icid",
            "intcid",
            "int_cid",
            "ito",
            "cid_source",
            "campaign_id",
        ),
        *(
            "emc",
            "smid",
            "smtyp",
            "partner",
            "emailid",
            "nl_art",
            "rss_id",
            "wtrid",
            "xtor",
            "xtref",
            "srnd",
            "sref",
        ),
        *(
            "_ga",
            "_gl",
            "_openstat",
            "guccounter",
            "guce_referrer",
            "guce_referrer_sig",
            "soc_src",
            "soc_trk",
            "tsrc",
        ),
        *(
            "trk",
            "trkcampaign",
            "recruiter",
            "algo_expid",
            "s_cid",
            "spref",
            "taid",
            "traffic_source",
            "feature_source",
        ),
        *(
            "__source",
            "__s",
            "wt.mc_id",
            "wt.z_author",
            "mbid",
            "cndid",
            "bxid",
            "esrc",
            "hss_channel",
            "sh_kit",
        ),
        # feeds and shares
        *(
            "feedname",
            "feedtype",
            "from_rss",
            "rss_source",
            "share_id",
            "sharetype",
            "share_source",
            "isfreemail",
        ),
        *("ref_src", "ref_url", "refsrc", "referer", "referrer", "linkid", "sr_share", "echobox", "dicbo"),
        # sessions
        *("phpsessid", "jsessionid"),
        # AMP
        *("outputtype_amp", "usqp", "amp_js_v", "amp_gsa", "amp_ct", "amp_tf", "amp_latest_update_time"),
    )
)
"""Whole names, lower case."""

_CHANNELS = frozenset(
    (
        "rss",
        "feed",
        "twitter",
        "facebook",
        "email",
        "mail",
        "newsletter",
        "share",
        "whatsapp",
        "telegram",
        "push",
    )
)
_PLACES = frozenset(("home", "homepage", "nav", "tw", "fb", "hp"))
_YES = frozenset(("1", "true", "yes", ""))

VALUES = {
    "ref": _CHANNELS | _PLACES,
    "source": _CHANNELS,
    "src": _CHANNELS,
    "from": _CHANNELS,
    "via": _CHANNELS,
    "rss": _YES,
    "feed": frozenset(("rss",)),
    "amp": _YES,
    "_amp": _YES,
    "isamp": frozenset(("1", "true")),
    "outputtype": frozenset(("amp",)),
    "output": frozenset(("amp",)),
    "mode": frozenset(("amp",)),
    "view": frozenset(("amp", "mobile")),
    "m": frozenset(("1",)),
    "mobile": frozenset(("1", "true", "yes")),
    "cid": frozenset(("rss", "feed")),
    "sid": frozenset(("rss", "feed")),
}
"""Names that track with these values only, and mean something with others."""


def is_tracking(pair: str) -> bool:
    """Return whether ``name=value`` of a query can go without changing the page."""
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in NAMES or name.startswith(PREFIXES):
        return True
    return name in VALUES and value.lower() in VALUES[name]
