"""The patterns of facts in running text, in lower case; what each match means is in facts.py."""

from __future__ import annotations

import re

from assistant.nlu.numbers import DIGITS, NUMBER

SSN = re.compile(r"(?<![\d$,.])(?:\d{3}([-. ]?)\d{2}\1\d{4})(?![\d,]|\.\d)|\[[a-z ]+ removed\]")
PHONE = re.compile(r"(?<![\d$])(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)")
NOTICE = re.compile(
    r"\b(cp|lt)\s?-?\s?(\d{2,4}[a-k]?)\b|\bletter\s+(1058|3172|725-?b|854-?c)\b"
    r"|(?<![$\d,])\b(503|504|501)(?=\s+(?:notice|letter))"
)
FORM = re.compile(
    r"\bform\s+(\d{3,5}(?:-[a-z]{1,3})?|w-?[249])\b"
    r"|(?<![$\d,.])\b(433-?[abfdh]|9465|1040(?:-?(?:x|es|v|sr))?|2848|8821|8857|8379|1099(?:-?[a-z]{1,4})?|w-?2|"
    r"12153|9423|13844|14039|656(?:-?[bl])?|941s?)\b(?!\s*(?:dollars|bucks|a month|per month|/))"
)
PERCENT = re.compile(rf"(?:{DIGITS})\s?(?:%|percent\b)")
CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)\s?(?:am|pm)?\b|\b\d{1,2}\s?(?:am|pm)\b")
AGE = re.compile(
    r"\b\d{2}\s?(?:yo|y/o|years?[ -]old)\b|\b(?:i'?m|i am|age|aged)\s+\d{2}\b(?!\s*(?:k|grand|thousand|days|dollars|,))"
)
RATIO = re.compile(r"\b\d{1,2}/\d{1,2}\b(?!/)")
LIST = re.compile(r"(?m)^\s*\d{1,2}[.)](?=\s)")
MONEY = rf"(?:\$|usd\s?)?\s?({NUMBER})\s?(?:dollars?|bucks|usd)?"
PER = r"(?:\s?/\s?|\s+(?:a|an|per|each|every)\s+)"
MONTHLY = re.compile(
    rf"(?:(?:\$|usd\s?)?({NUMBER})\s*(?:-|to)\s*)?{MONEY}(?:{PER}(?:month|mo|mnth|mth)\b|\s+(?:monthly|montly|monthy)\b|/m\b)"
    rf"|\bmonthly\s+(?:payments?\s+)?(?:of\s+)?{MONEY}"
)
BY_WEEK = re.compile(
    rf"{MONEY}(?:{PER}(?P<two>two weeks|2 weeks|other week|paycheck)|\s+(?P<bi>bi-?weekly)|{PER}(?:week|wk)\b|\s+weekly\b)"
)
INCOME = re.compile(
    r"\b(make|makes|making|earn|earns|income|salary|bring home|rent|mortgage|gets?|receive|ss|social security|pension)\b[^.?!;\n]{0,22}$"
)
UNIT = r"(days?|weeks?|wks?|months?|mos?|mnths?|mths?|years?|yrs?|yr)"
NOT_AGO = r"(?!\s+(?:ago|old|late|behind|overdue|past))"
DURATION = re.compile(
    rf"(?:({NUMBER})\s*(?:-|to|or|–)\s*)?\b({NUMBER}|an?|half an?|half)[\s-]+(?:of\s+)?{UNIT}\b(\s+and\s+a\s+half)?{NOT_AGO}"
    r"|\b(?:(?:for|over|take|takes|need)\s+(?:many\s+|several\s+|some\s+)?(?P<open>years|months|a long time|a while))\b"
    r"|\b(?P<slow>over time|monthly for years|in installments over years|several years|many years)\b"
)
YEAR = re.compile(
    r"(?<![$\d,.\w])(?:tax year\s+|ty\s?)?((?:19[89]|20[0-3])\d)(?!\d|,\d|\.\d\d|\s?(?:dollars|bucks|k\b))|(?<=\s)'(\d\d)\b"
)
RANGE = re.compile(
    rf"(?P<between>\bbetween\s+)?\$?\s?(?P<low>{NUMBER})\s*(?(between)(?:and|to|-|–)|(?:to|-|–|or))\s*\$?\s?(?P<high>{NUMBER})(?:\s?(?:dollars|bucks|usd))?"
)
AMOUNT = re.compile(
    rf"(?P<minus>(?:\bminus\s+|(?<![\w\d)])[-−]\s?))?(?P<sign>\$\s?|\busd\s?)?(?P<n>{NUMBER})(?:\s?(?P<unit>dollars?|bucks|usd)\b)?(?:\s?-)?"
)
BARE_WORDS = re.compile(
    r"^(?:a |an |one |two )?(?:one|two|three|four|five|six|seven|eight|nine|ten|couple|few|zero)?(?: of)?$"
)
OWED_BEFORE = re.compile(
    r"\b(owe[sd]?|owing|balance|bill(?:ed)?|total|debt|amount|notice|letter|says|shows|due|need to pay|have to pay)\b[^.?!;\n]{0,28}$"
)
OWED_AFTER = re.compile(
    r"^\s*(?:in|of|for|with|including|incl|plus)?\s*(?:back\s+)?(?:taxes|tax|penalt|interest|everything|owed|balance|debt|total|all together|altogether)"
)
PAY_BEFORE = re.compile(
    r"\b(pay|send|put|paid|sent|paying|sending|pay down|down payment of|spare|scrape)\s+(?:them\s+|like\s+|about\s+|only\s+|just\s+|in\s+|down\s+)?$"
)
OTHER_BEFORE = re.compile(
    r"\b(make|makes|making|earn|income|salary|refund|rent|mortgage|savings?|saved|fee|worth|limit|under|over)\b[^.?!;\n]{0,16}$"
)
LIMIT_QUESTION = re.compile(r"\b(limit|threshold|maximum|max|cap)\b")
CORRECTS = re.compile(
    r"\b(wait|actually|hold on|sorry|i meant|i mean|correction|make (?:that|it)|scratch that|rather|oops|my mistake|it'?s really|really|should be|no,?\s+(?:it'?s|its|that'?s))\b"
)
DENIED = re.compile(
    r"\b(?:not|instead of|isn'?t|rather than)\s+(?:like\s+|about\s+|the\s+)?\$?\s?$"
)
APPROX = re.compile(
    r"\b(about|around|approx\w*|roughly|almost|nearly|just under|a bit (?:over|under)|some|like|maybe|ish)\s+$"
)
ASKED = re.compile(
    r"\b(?:do|does|should|must|shall|can|could|if|whether|what if|need to|have to)\s+(?:i|we|you)\b[^.?!;\n]*$",
    re.I,
)
YES = re.compile(
    r"^\W*(?:yes+|yep|yeah|yea|yup|ya|y|sure|correct|right|true|of course|absolutely|definitely|ok|okay|"
    r"i (?:do|did|have|can|am|could|think so)|we (?:do|did|have|can)|affirmative|si|all of (?:them|it)|every(?:thing| one)?)\b(?!\s*(?:but|except))"
)
NO = re.compile(
    r"^\W*(?:no+|nope|nah|naw|not (?:yet|all|really|at all)|n|never|negative|i (?:don'?t|didn'?t|haven'?t|can'?t|couldn'?t|dont|didnt|havent|cant)(?! know)|"
    r"i do not(?! know)|unfortunately not|afraid not)\b(?!\s+(?:idea|clue|problem|worries|sure|thanks))"
)
UNSURE = re.compile(
    r"\b(?:i\s*(?:do not|don'?t|dont|really don'?t)\s+(?:really\s+)?(?:know|remember|recall)|idk|dunno|no (?:idea|clue)|not (?:really |quite |entirely )?(?:sure|certain)|"
    r"unsure|can'?t (?:say|remember)|hard to say|who knows|(?:i'?d |i would )?have to (?:check|look)|don'?t have it (?:with me|here))\b"
)
REFUSAL = re.compile(
    r"\b(?:rather not|prefer not|(?:don'?t|dont|do not|won'?t|not going to|not gonna) (?:want to |wanna |like to )?(?:say|tell|share|give|answer|disclose)|none of your|private|"
    r"no comment|skip(?: (?:it|this|that|the question))?|pass|keep that to myself)\b"
)
