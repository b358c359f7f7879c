"""Who else is named: a state, a hospital, a landlord, the DMV.

Messages about somebody else's bill use all our words (lien, payment plan, final notice, appeal), and
examples can never name every creditor there is. These lists say that another office or creditor is
named, and whether the IRS or the notice is; the head weighs that beside the words themselves, since "can
I pay the IRS by Chase card" names one too and is ours.
"""

from __future__ import annotations

import re

# All three are for small letters: without regard to case they take three times as long.
_OURS = re.compile(
    r"\birs\b|\b(?:cp|lt)[\s-]?\d|\bfederal\b|\b1040|\b9465\b|\buncle sam\b|\btax ?man\b|\bback taxes\b"
    r"|\b(?:this|the|my|that|your) (?:notice|letter|reminder|debt|balance|tax bill|tax debt)\b"
    r"|\binstallment agreement\b|\btreasury\b|\bform \d",
)
_STATES = (
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|"
    "illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|"
    "mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|"
    "north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|"
    "south dakota|tennessee|texas|utah|vermont|virginia|west virginia|wisconsin|wyoming|nys|nyc"
)
_TAXES = re.compile(
    rf"\b(?:{_STATES})\b.{{0,40}}\b(?:tax\w*|revenue|dor|balances?|refund)\b(?! levy)"
    rf"|\b(?:tax\w*|balance|refund) .{{0,20}}\b(?:{_STATES})\b"
    r"|\bfranchise tax board\b|\bftb\b|\b(?:department|dept\.?) of (?:revenue|taxation)\b|\bcomptroller\b"
    r"|\bstate (?:of|revenue|department)\b|\b(?:dor|fifa) (?:says|letter|sent|wants)\b|\btax (?:warrant|sale|deed)\b|\bcounty treasurer\b"
    r"|\bstate (?:income )?tax(?:es)?\b(?! refund)|\bstate (?:balances?|tax department|notice)\b|\bmy state (?:says|sent|wants)\b"
    r"|\b(?:property|sales|excise|fuel|city|county|town(?:ship)?|local|inheritance|estate|gift|vehicle|use) tax(?:es)?\b"
    r"|\b(?:county|township|city hall|assessor)\b|\bcanada revenue\b|\bcra\b|\bhmrc\b|\bgst\b|\bvat\b|\bfinanzamt\b|\bato\b"
    r"|\bw-?[24]s?\b|\b1099|\bschedule [a-f]\b|\beitc\b|\bearned income credit\b|\bctc\b|\bchild tax credit\b|\bstandard deduction\b"
    r"|\b(?:roth|ira|401 ?\(?k\)?|hsa|529)\b|\bcapital gains?\b|\bcrypto\w*|\bbitcoin\b|\bdependents?\b|\bitin\b"
    r"|\bwhere(?:'?s| is)? my (?:\w+ )?refund\b|\brefund status\b|\bstimulus\b|\bhead of household\b|\bdeduct(?:ion|ions|ible)?\b(?!.*interest)",
)
_OTHERS = re.compile(
    r"\b(?:sba|eidl|ppp|usda|small business administration)\b|\b(?:navient|nelnet|aidvantage|mohela|fedloan|sallie mae)\b|\bparent plus\b"
    r"|\b(?:mechanic'?s?|construction|contractor'?s?|judgment|medical|storage|tow|supplier|assessment) liens?\b|\b(?:roofer|plumber|contractor|handyman|electrician)\b"
    r"|\b(?:afterpay|klarna|affirm|synchrony|midland|lvnv|portfolio recovery|jefferson capital|citi(?:bank)?|wells fargo card|capital one|carecredit|rocket mortgage|mr\.? cooper)\b"
    r"|\b(?:payday|title) (?:loan|lender)|\bdebt (?:collector|buyer|consolidation|validation)s?\b|\bforeclos\w*|\bdeficiency\b|\brepo (?:man|guy)\b|\btow yard\b|\brent to own\b"
    r"|\b(?:small claims|traffic|eviction|family|probate) court\b|\bprocess server\b|\bsummons\b|\brestitution\b|\bcourt (?:costs|fines?)\b|\brestraining order\b"
    r"|\b(?:homeowners'?|condo) (?:association|board)\b|\bhome ?owner'?s association\b|\b(?:edd|workforce commission|department of labor|housing authority|section 8|fema|medicaid|friend of the court)\b"
    r"|\b(?:e-?z ?pass|toll by plate|red light camera|code enforcement)\b|\b(?:gym|daycare|nursing home|ambulance|dentist|hospital|verizon|comcast|t-?mobile|at&t|netflix)\b"
    r"|\bstudent loans?\b|\b(?:hospital|medical|dental|doctor|vet|phone|electric|power|gas|water|utility|cable|internet|"
    r"credit card|card|amex|chase|discover|capital one) (?:bills?|debts?|compan(?:y|ies)|balance|collectors?)\b|\bmy chase\b"
    r"|\b(?:car|auto|truck|boat|home|payday|personal|sba|eidl|ppp) (?:loans?|payments?|note|title|lender)\b|\brepo(?:ssess\w*)?\b"
    r"|\bmortgage (?:rate|company|lender|payment)s?\b|\bhoa\b|\blandlord\b|\bevict\w*|\blease\b|\bcontractor'?s? lien\b"
    r"|\bchild support\b|\balimony\b|\bcustody\b|\bprenup\w*|\bparole\b|\bprobation officer\b|\bjury\b|\bsubpoena\b"
    r"|\bdmv\b|\bdriver'?s? licen[cs]e\b|\btraffic\b|\bspeeding\b|\bparking (?:ticket|fine)s?\b|\btoll\b"
    r"|\buscis\b|\bgreen card\b|\bvisa (?:application|interview|appointment)\b|\bcitizenship\b|\bimmigration (?:court|lawyer|case)\b"
    r"|\bva (?:denied|claim|disability|benefits)\b|\bunemployment (?:office|claim|benefits|says|overpa\w+)\b|\bmedicaid\b|\bmedicare\b"
    r"|\bfood stamps? (?:office|application|notice)\b|\bsocial security (?:office|says|claim|application|overpa\w+|card)\b|\bcensus\b"
    r"|\brenew\w* (?:my |a |your |our )?(?:passport|licen[cs]e|registration)\b|\bpassport (?:photo|renewal|application|appointment)\b"
    r"|\bequifax\b|\bexperian\b|\btransunion\b|\bgym\b|\blibrary\b|\bairlines?\b|\bwalmart\b|\bamazon\b|\bebay\b|\bpaypal dispute\b"
    r"|\binsurance (?:claim|company|denied|adjuster)\b|\bhomework\b|\bscholarship\b|\btuition\b|\bfinancial aid\b|\bfafsa\b"
    r"|\b(?:developer|debug|god|dan) mode\b|\bignore (?:all|your|any|the|previous)\b.*\b(?:instructions?|rules|prompt)\b|\bsystem prompt\b"
    r"|\byou are now\b|\bpretend (?:to be|you|that you)\b|\brepeat (?:the word|after me)\b|\bhide (?:my |the |some )?(?:cash|money|income|assets)\b",
)  # fmt: skip


def marks(text: str) -> str:
    """Words for what is named, to stand beside the text: "namesus", "namesothertax", "namesother"."""
    text = text.lower()
    found = [
        word
        for word, pattern in (
            ("namesus", _OURS), ("namesothertax", _TAXES), ("namesother", _OTHERS),
        )
        if pattern.search(text)
    ]  # fmt: skip
    return " ".join(found)


def names_another(text: str) -> bool:
    """Whether another office or creditor is named, and neither the IRS nor the notice."""
    text = text.lower()
    return bool(_TAXES.search(text) or _OTHERS.search(text)) and not _OURS.search(text)
