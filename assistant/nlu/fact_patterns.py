"""The patterns of facts in running text, in lower case; what each match means is in facts.py."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional, Tuple

from assistant.nlu.numbers import DIGITS, NUMBER, WORD

SSN = re.compile(r"(?<![\d$,.])(?:\d{3}([-. ]?)\d{2}\1\d{4})(?![\d,]|\.\d)|\[[a-z ]+ removed\]")
PHONE = re.compile(r"(?<![\d$])(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)")
NOTICE = re.compile(
    r"\b(cp|lt)\s?-?\s?(\d{2,4}[a-k]?)\b|\bletter\s+(1058|3172|725-?b|854-?c)\b"
    r"|(?<![$\d,])\b(503|504|501)(?=\s+(?:notice|letter))"
)
FORM = re.compile(
    r"\bform\s+(\d{3,5}(?:-[a-z]{1,3})?|w-?[249])\b"
    r"|(?<![$\d,.])\b(433-?[abfdh]|9465|1040(?:-?(?:x|es|v|sr))?|2848|8821|8857|8379|1099(?:-?[a-z]{1,4})?|w-?2|"
    r"12153|9423|13844|14039|656(?:-?[bl])?|941s?)\b(?!\.\d|,\d|\s*(?:dollars|bucks|a month|per month|/))"
)
# What names a place, a case or a person: never money.
RETIREMENT = re.compile(
    r"(?<!owe )(?<![$\d,.])\b(?:401\s?\(?k\)?|403\s?\(?b\)?|457\s?\(?b\)?)(?!\w)"
)
ZIP = re.compile(
    r"\b(?:zip|postal)(?:\s*code)?\b[^.?!;\n\d]{0,14}\d{5}(?:-\d{4})?\b|(?<![$\d,])\b\d{5}-\d{4}\b|\b(?:live|living|reside|based|located) (?:in|at) \d{5}\b"
    r"|\b(?:tx|fl|ny|nj|nc|nd|nv|nh|nm|sc|sd|va|vt|wa|wi|wv|wy|az|ak|ar|ct|dc|ga|ia|ks|ky|md|mi|mn|ms|mt|ri|tn|ut),?\s+\d{5}\b(?![,.]\d)|\b\d{5}(?=\s*(?:zip|is my zip))"
)
STREET = re.compile(
    r"\b\d{1,5}\s+(?:[nsew]\.?\s+)?[a-z]+\s+(?:st|street|ave|avenue|rd|road|blvd|drive|lane|ln|court)\b"
)
CASE_NUMBER = re.compile(
    r"\b(?:(?:call|text|reach)\s+(?:me\s+)?(?:at|on)|(?:caller|call|case|reference|ref|badge|employee|agent|confirmation|ticket|account|acct|routing|tracking|docket|claim|order|serial|taxpayer|notice|check|customer|operator|phone|cell|fax|extension|certified mail|apartment|apt|room|suite|transaction|trace|document|file|control|my)\s*(?:id|no|numbers?|num|nr|code|pin|#)\b|(?:caller id|badge|pin|ein|itin|ptin|ext|suite|apt|dln)\b|(?:account|acct|card|number|ssn|social)\s+ending(?:\s+in)?)"
    r"\.?\s*(?:(?:is|was|it'?s|in|with|on it|that called)\s*|[:=#]\s*)*#?\s*(?:[a-z]{1,3}-?)?\d[\d-]{0,20}(?:[ -]\d{2,6}){0,4}(?!\d|,\d|\.\d)"
)
BROKEN = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3}){0,3},(?:\d{1,2}|\d{4,15})(?![\d,])|\d{13,}")
PERCENT = re.compile(rf"(?:{DIGITS})\s?(?:%|percent\b)")
CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)\s?(?:am|pm)?\b|\b\d{1,2}\s?(?:am|pm)\b")
AGE = re.compile(
    r"\b\d{2}\s?(?:yo|y/o|years?[ -]old)\b|\b(?:i'?m|i am|age|aged)\s+\d{2}\b(?!\s*(?:k|grand|thousand|days|dollars|,\d))"
)
RATIO = re.compile(r"\b\d{1,2}/\d{1,2}\b(?!/)")
LIST = re.compile(r"(?m)^[ \t]{0,8}\d{1,2}[.)](?=\s)")
MONEY = rf"(?:\$|usd\s?)?\s?({NUMBER})\s?(?:dollars?|bucks|usd)?"
HINTS = {
    "month": re.compile(r"\bmo(?:n|\b)|\bm(?:n?th)\b|/m\b"),
    "week": re.compile(r"week|\bwk\b|check|pay ?day|get paid"),
    "hour": re.compile(r"hour|\bhr\b"),
    "time": re.compile(r"day|week|wk|\bmo|mnth|mth|year|yr|a long time|a while|over time"),
    "earn": re.compile(r"make|made|making|earn|gross|bring|take home|paid|pull|live on|living on|income|salary|agi\b|wage|paycheck|\bpay\b|get|receive|draw|have|collect|year|yr|annum|annually|net\b"),
    "kin": re.compile(r"family|household|house|\bof us|people|person|\bme\b|myself|\bi\b|alone|single|married|widow|divorced|wife|husband|spouse|partner"),
}  # fmt: skip
RUN = re.compile(  # a wall of numbers, not a message
    rf"(?:[$\d.,:/-]{{1,20}}\s{{1,3}}){{30,}}|(?:\b(?:an?\s|and\s|half\s|k\s)?\s?{WORD}\b[\s-]{{1,3}}){{16,}}"
)
PER = r"(?:\s?/\s?|\s+(?:a|an|per|each|every)\s+)"
MONTHLY = re.compile(
    rf"(?:(?:\$|usd\s?)?({NUMBER})\s*(?:-|to)\s*)?{MONEY}(?:{PER}(?:month|mo|mnth|mth)\b|\s+(?:monthly|montly|monthy)\b|/m\b)"
    rf"|\bmonthly\s+(?:payments?\s+)?(?:of\s+)?{MONEY}"
)
BY_WEEK = re.compile(
    rf"{MONEY}(?:(?P<check>\s+(?:out of|outta|from|off)\s+(?:every|each|my|a)\s+(?:(?:pay)?(?:check|day)|one)\b|\s+(?:each|every)\s+(?:time|day)\s+i\s+get\s+paid)|{PER}(?P<two>two weeks|2 weeks|other week|(?:pay)?check|payday)|\s+(?P<bi>bi-?weekly)|(?:\s+of (?:it|that))?{PER}(?:week|wk)\b|\s+weekly\b)"
)
# The same with the time first: "every two weeks 100", "monthly i can do like 80".
PACE_FIRST = re.compile(
    r"\b(?:(?P<two>(?:every|each)\s+(?:two weeks|2 weeks|other (?:week|friday)|(?:pay)?check|payday)|bi-?weekly|fortnightly)"
    r"|(?P<week>(?:every|each)\s+(?:week|wk|friday)|weekly)|(?P<month>(?:every|each|a|per)\s+(?:month|mo)|monthly))\s*[,:]?\s+"
    r"(?:(?:i|we|i'd|could|can|would|do|pay|afford|send|maybe|like|about|around|prob|probably|just|only|say|ok)\s+){0,6}"
    rf"(?!(?:19|20)\d\d\b){MONEY}(?!\s*(?:%|percent|days?|weeks?|months?|mos?\b|years?|yrs?|payments?|times|of them))"
)
PACES_FIRST = (10, 3000)  # USD a time: "need a month, 2 max" and "every month 12,000 more" are none
PERIOD = (
    rf"(?:(?P<week2>{PER}(?:two weeks|2 weeks|other week|paycheck)\b|\s+(?:bi-?weekly|fortnightly))|(?P<half>\s+(?:twice a month|semi-?monthly))|(?P<week>{PER}(?:week|wk)\b|\s+weekly\b)"
    rf"|(?P<month>{PER}(?:month|mo|mnth|mth)\b|\s+(?:monthly|montly)\b)|(?P<year>{PER}(?:year|yr|annum)\b|\s+(?:yearly|annually|annual)\b))"
)
_SUM = rf"(?:\$|usd\s?)?\s?({NUMBER})(?:\s?(?:dollars?|bucks|usd)\b)?"
HOURLY = re.compile(rf"{MONEY}(?:{PER}(?:hour|hr)\b|\s+hourly\b)")
_ABOUT = r"(?:(?:about|around|like|maybe|roughly|only|just|approximately|approx|a bit over|a little over|under|over|up to|almost|nearly|less than|more than|somewhere around|barely)\s+){0,3}"
_WORKS = r"(?:(?:only|just|currently|also|still|now|both|each|together|usually|normally|barely|really)\s+){0,2}"
NO_INCOME = (
    r"(?!\s*(?:payments?\b|in payments|to the irs|to you\b|toward|plan\b|payment plan|installment))"
)
EARNS = re.compile(
    rf"(?:\b(?:i|we)\s+{_WORKS}(?:make|made|earn|earned|gross|grossed|net|bring home|bring in|brought in|take home|get paid|pull in|live on)|\band\s+{_WORKS}(?:make|earn|gross|bring home)|\b(?:i|we)(?:'m|'re| am| are)\s+{_WORKS}(?:making|earning|living on|bringing home|bringing in|getting paid)"
    rf"|\b(?:my|our|the|total|gross|yearly|annual|monthly|household|family|combined|weekly)\s+(?:(?:adjusted|gross|yearly|annual|monthly|weekly|total|household|family|net|combined|joint|take-?home|current|only)\s+){{0,4}}(?:income|salary|agi|earnings|wages?|paycheck|pay)(?:\s+(?:last year|this year|now|together))?\s*(?:(?:is|was|are|were|of|comes to|came to|runs?)\s+|[:=]\s*)?"
    rf"|\b(?:i|we)\s+(?:have\s+)?(?:an?\s+)?(?:income|salary|agi)\s+of|(?:^|[,.;]|\band)\s*(?:income|salary|agi|adjusted gross income)(?:\s+of|\s+is|\s*[:=])?|\bwith an? (?:income|salary) of)\s*{_ABOUT}{_SUM}{PERIOD}?{NO_INCOME}"
)
BENEFIT = re.compile(
    rf"\b(?:i|we)\s+{_WORKS}(?:get|receive|draw|have|collect)\s+{_ABOUT}{_SUM}{PERIOD}(?=\s+(?:from|in|of|on|for)?\s*(?:my\s+)?(?:social security|ss\b|ssi\b|ssdi|disability|pension|unemployment|va\b|retirement|work|my job))"
)
BENEFIT_FIRST = re.compile(
    rf"\b(?:social security|ss|ssi|ssdi|disability|pension|unemployment|va|retirement)(?:'?s)?(?:\s+(?:benefits?|checks?|income|pay|money))?"
    rf"(?:\s+(?:is|of|at|pays?(?:\s+(?:me|us))?|for|gives\s+me))?\s*[:,]?\s*{_ABOUT}{_SUM}{PERIOD}{NO_INCOME}"
)
_A_YEAR = rf"(?P<year>{PER}(?:year|yr|annum)\b|\s+(?:yearly|annually)\b)"
YEARLY_ALONE = re.compile(rf"^\W*{_ABOUT}{_SUM}{_A_YEAR}\W*$")
PARTNER_EARNS = re.compile(
    r"\b(?:my\s+)?(?:wife|husband|spouse|partner|he|she)\s+(?:\w+\s+)?(?:makes|earns|brings|gets|made|earned)\b"
)
_FEW = r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a)"
_KIDS = r"(?:kids?|child(?:ren)?|sons?|daughters?|boys?|girls?|dependents?|babies|baby|toddlers?|little ones)\b"
_SPOUSE = r"(?:wife|husband|spouse|partner)"
_YOUNG = r"(?:(?:young|small|little|minor|school[- ]age|dependent|teenage|adult|grown)\s+)?"
HOUSEHOLD = re.compile(
    rf"\b(?:family|household|house)(?:\s+size)?(?:\s+(?:is|of)|\s*[:=])?\s+(?:of\s+|is\s+)?{_FEW}\b(?!\s*[,.]?\d|\s*(?:k\b|thousand|hundred|grand|payments?|months?|years?|cars?|income|dollars|%|{_KIDS}))"
)
US = re.compile(
    rf"\b(?:there (?:are|'?s|is)|there're|we'?re|we are|it'?s|just)\s+(?:just\s+|only\s+|about\s+)?(?:the\s+)?{_FEW}\s+(?:of us|people|persons)(?=\s*(?:$|[,.!;]|and\b|in\b|at\b|total|living|here|altogether|all))"
    rf"|\b(?P<n2>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:of us\s*$|(?:people|persons|of us)\s+(?:in|live in|living in|at)\s+(?:my|our|the)\s+(?:household|house|home|family))"
)
KIN = re.compile(
    rf"(?:(?P<two>\bmarried(?:\s+couple)?|(?:\b(?:just|only|it'?s|its|household is|i have)\s+)?\b(?:(?:me|myself|i)\s*(?:,|and|\+|&)\s*(?:my|a|the)\s+{_SPOUSE}|my\s+{_SPOUSE}\s*(?:,|and|\+|&)\s*(?:me|i|myself)|my\s+{_SPOUSE}(?=\s*(?:,|and|with)\s+(?:our |my )?(?:\d|one|two|three|four|five|six)\s)|(?:i have )?a\s+{_SPOUSE}))\b"
    r"|\b(?P<one>single(?:\s+(?:mom|mother|dad|father|parent|man|woman|guy))?|widow(?:ed|er)?|divorced|(?:just\s+|only\s+)?(?:me|myself))\b)"
    rf"(?:(?P<joined>\s*(?:,\s*and|,|and|\+|&|with|of|plus|have)\s*(?:(?:my|our|the|i have|we have|have|has)\s+)?){_FEW}\s+{_YOUNG}{_KIDS}|(?P<onekid>\s*(?:,|and|\+|&)\s*(?:my|our)\s+{_YOUNG}(?:kid|child|son|daughter|baby|boy|girl)\b)|(?P<nokids>\s*(?:,|and|with|but)?\s*(?:(?:no|zero|0|without|don't have)\s+(?:any\s+)?{_KIDS}|childless)))?"
)
ALONE = re.compile(
    r"\b(?:i\s+live\s+(?:alone|by myself)|it'?s\s+(?:just|only)\s+me(?=\s*(?:$|[.,!;]|here|at home|in\s+(?:my|the)\s+(?:house|home)))|(?:just|only)\s+(?:the\s+)?two of us|only\s+me\s*$)"
)
INCOME = re.compile(
    r"\b(make(?! it\b| that\b)|makes|making|earn|earns|income|salary|bring home|rent|mortgage|gets?|receive|ss|social security|pension|taking|takes?|took|garnish\w*|withh?old\w*)\b[^.?!;\n]{0,22}$"
)
UNIT = r"(days?|weeks?|wks?|months?|mos?|mnths?|mths?|years?|yrs?|yr)"
NOT_AGO = r"(?!\s+(?:ago|old|late|behind|overdue|past))"
DURATION = re.compile(
    rf"(?:({NUMBER})\s*(?:-|to|or|–)\s*)?\b({NUMBER}|an?|half an?|half)[\s-]+(?:of\s+)?{UNIT}\b(\s+and\s+a\s+half)?{NOT_AGO}"
    r"|\b(?:(?:for|over|take|takes|need)\s+(?:many\s+|several\s+|some\s+)?(?P<open>years|months|a long time|a while))\b"
    r"|\b(?P<slow>monthly for years|in installments over years|several years|many years)\b"
)
# Before "a month": the words that make it a pace ("how much would I pay a month"), not a time, unless the
# word right before it says for how long ("what if I need a month").
PACE_BEFORE = re.compile(
    r"(?:\b(?:how (?:much|little|low|high|big|small)|what(?:'?s)?|which|least|lowest|smallest|minimum|cheapest|most|"
    r"payments?|installments?|amount|number|figure|sum)\b[^.?!;\n]*"
    r"|\b(?:bit|little|some|something|payments?|bills?|installments?|money|bucks|dollars|that|this|it|less|more|much|pay|"
    r"paying|afford|once|twice)\s+)$"
)
EACH_BEFORE = re.compile(r"\b(?:every|each|per)\s+$")
TIME_BEFORE = re.compile(
    r"\b(?:in|within|for|after|about|another|over|than|like|of|need|needs|have|has|had|want|wants|wait|take|takes|give|get|gets|me|us|"
    r"only|just|maybe|by|or|if)\s+$"
)
YEAR = re.compile(
    r"(?<![$\d,.\w])(?:tax year\s+|ty\s?)?((?:19[89]|20[0-3])\d)(?!\d|,\d|\.\d\d|\s?(?:dollars|bucks|k\b|up\s?front|up-front|down\b|now\b|today\b|right (?:now|away)))|(?<=\s)'(\d\d)\b"
)
RANGE = re.compile(
    rf"(?P<between>\bbetween\s+)?\$?\s?(?P<low>{NUMBER})\s*(?(between)(?:and|to|-|–)|(?:to|-|–|or))\s*\$?\s?(?P<high>{NUMBER})(?:\s?(?:dollars|bucks|usd))?"
)
AMOUNT = re.compile(
    rf"(?P<minus>(?:\bminus\s+|(?<![\w\d)])[-−]\s?))?(?P<sign>\$\s?|\busd\s?)?(?P<n>{NUMBER})(?:\s?(?P<unit>dollars?|bucks|usd)\b)?(?:\s?-)?"
)
MEASURED = re.compile(
    r"\s*(?:miles?|mi|acres?|lbs?|pounds?|hours?|hrs?|minutes?|mins?|feet|ft|sq(?:uare)?|people|employees|workers|calls?|"
    r"letters?|times|pages?)\b(?!\s*(?:a|per|an|each|every)\b)"
)
BARE_WORDS = re.compile(
    r"^(?:a |an |one |two )?(?:one|two|three|four|five|six|seven|eight|nine|ten|couple|few|zero)?(?: of)?$"
)
_UP_TO = r"(?:(?!\b(?:but|can|could|paid|afford|able)\b)[^.?!;\n]){0,28}$"
OWED_BEFORE = re.compile(
    rf"\b(owe[sd]?|owing|balance|bill(?:ed)?|total|debt|amount|notice|letter|says|shows|due|need to pay|have to pay)\b{_UP_TO}"
)
# "People who owe over 50k": nobody's balance.
OWED_BY_OTHERS = re.compile(
    r"\b(?:people|someone|anyone|those|taxpayers|who|you|everyone)\s+(?:\w+\s+)?owe[sd]?\b[^.?!;\n]{0,28}$"
)
OWED_AFTER = re.compile(
    r"^\s*(?:in|of|for|with|including|incl|plus)?\s*(?:back\s+)?(?:taxes|tax|penalt|interest|everything|owed|balance|debt|total|all together|altogether)"
)
PAY_BEFORE = re.compile(
    r"\b(pay|send|put|paid|sent|paying|sending|pay down|down payment of|spare|scrape)\s+(?:them\s+|like\s+|about\s+|only\s+|just\s+|in\s+|down\s+)?$"
)
# Somebody else's bill: "the hospital bill was 6200".
OTHERS_BILL = re.compile(
    r"\b(?:hosp(?:ital)?|medical|doctor'?s?|dentist|vet|electric|phone|car|truck|rent|daycare|child ?care|tuition|credit cards?|student loans?|"
    r"401k loan|loan|child support|insurance|alimony|dental|groceries|gas|utilities|surgery|funeral)\b(?!\s+(?:to (?:pay|the irs)|for the irs))"
    r"[^.?!;\n,\d]{0,22}$"
)
OTHER_BEFORE = re.compile(
    r"\b(make|makes|making|earn|income|salary|refund|rent|mortgage|savings?|saved|fee|worth|limit|taking|took|garnish\w*)\b[^.?!;\n]{0,16}$"
)
# Money that is there, or comes once: "2k saved up", "4k in march from my 401k", "600 when my refund comes".
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
ONCE_AFTER = re.compile(
    r"^\s*(?:(?:saved|set aside|put (?:away|aside)|to my name|on hand)\b|in (?:my |the |our )?(?:savings|checking|bank|account|401k|ira)\b"
    r"|from (?:my|the|our|a) (?:401k|ira|refund|bonus|job|work|savings|tax refund|friend|mom|dad|brother|sister|family)\b"
    r"|(?:when|once|after|if) (?:my|the|our|i|we)\b(?! can\b)"
    rf"|(?:coming |due |more )?(?:in|by|around|come|at|before) (?:(?:early|late|mid|the end of|next|this)[\s-])?(?:{_MONTHS}\b|tax (?:time|season)|spring|summer|christmas|new year|monday|friday|"
    r"payday|the (?:holidays|weekend|end of the (?:month|week|year))))"
)
OVER = re.compile(
    r"\b(?:(?<!no )(?<!not )more than|(?<!not )over|at least|above|north of|upwards of|in excess of|exceeds?)\s+(?:about\s+|like\s+|the\s+)?\$?\s?$"
)
UNDER = re.compile(
    r"\b(?:under|less than|below|up to|at most|no more than|not more than|not over|within)\s+(?:about\s+|like\s+|the\s+)?\$?\s?$"
)
OVER_AFTER = re.compile(r"^\s*(?:or more|or so more|and up|and change|\+(?!\s*\$?\d))")
UNDER_AFTER = re.compile(r"^\s*(?:or less|or under|or below|max\b|tops\b|at (?:the )?most)")
PAID_BEFORE = re.compile(
    r"\b(?:(?<!be )(?<!not )(?<!to be )(?<!get )(?<!getting )paid|sent in|already sent|made an? payment of|made payments of|payments? (?:already )?(?:made )?totaling)\s+(?:(?:them|the irs|irs|you|about|around|like|only|just|off|back|already|over|almost|nearly|in|down|roughly)\s+){0,3}$"
)
PAID_AFTER = re.compile(
    r"^\s*(?:(?:was|is|has been|have been)\s+)?(?:already\s+)?paid\b(?!\s+(?:off|monthly|by))"
)
# Money that can be paid at once.
NOW_AFTER = re.compile(
    r"^\s*(?:of (?:it|that|this)\s+)?(?:(?:that\s+)?(?:i|we) can (?:pay|send|put)(?: down)?\s+)?(?:(?:right\s+)?now\b|today\b|tomorrow\b|up[\s-]?front\b|immediately\b|(?:right|straight) away\b|at once\b|down\b(?!\s+(?:from|to)\b)|"
    r"(?:as\s+)?(?:an?\s+|the\s+|my\s+)?(?:down\s?-?payment|initial payment|first payment|lump sum)\b|to start\b|to put down\b|first\b|to pay (?:now|today|right now|up ?front)\b)"
)
NOW_BEFORE = re.compile(
    r"\b(?:(?:down\s?-?payment|up[\s-]?front payment|initial payment|first payment|lump sum)\s+(?:of|is|would be|:)|(?:put|putting|pay|paying)\s+down|start(?:ing)?\s+(?:off\s+)?with|"
    r"(?:right now|today|now|up ?front),?\s+(?:i|we)\s+(?:can|could)\s+(?:only\s+)?(?:pay|do|send|put)|pay\s+(?:right now|now|up ?front|today|immediately))\s+(?:(?:about|around|like|only|just|maybe|roughly)\s+)?$"
)
OWED_CLOSE = re.compile(
    r"\b(?:owe[sd]?|owing|is|it'?s|its|was|says|due|balance|total|bill|need to pay|have to pay|must pay)\s+(?:(?:about|around|like|of|is|up|at|to|only|just|me|them|irs|the)\s+){0,2}$"
)
UNABLE = re.compile(
    r"\b(?:can'?t|cannot|can not|couldn'?t|don'?t have|do not have|won'?t|unable|not able|no way|never|wouldn'?t|didn'?t|nowhere near)\b(?!\s+but)"
)
PART_WORD = r"(?P<part>tax(?:es)?|penalt(?:y|ies)|interest)\b"
PART_AFTER = re.compile(
    rf"^\s*(?:(?:of (?:it|that|this|which)|is|are|was|in|of|for|as|the|for the|back|unpaid|late|actual|original|just|income|federal|accrued|my|failure[- ]to[- ]\w+|late[- ]\w+)\s+){{0,4}}{PART_WORD}(?!\s+(?:year|time|season|return|guy|preparer|pro\b|man|lady|bill|debt))"
)
PART_BEFORE = re.compile(
    rf"\b{PART_WORD}\s*(?:(?:is|are|was|were|of|alone|itself|comes to|came to|being|about|around|for|it'?s)\s+){{0,3}}[:=\-]?\s*$"
)
PART_OF = re.compile(r"\b(?:of (?:it|that|this|which)|the rest|included?|including|includes)\b")
LIMIT_QUESTION = re.compile(r"\b(limit|threshold|maximum|max|cap)\b")
CORRECTS = re.compile(
    r"\b(wait|exactly|actually|hold on|sorry|i meant|i mean|correction|make (?:that|it)|scratch that|rather|oops|my mistake|it'?s really|really|should be|no,?\s+(?:it'?s|its|that'?s))\b"
)
DENIED = re.compile(
    r"\b(?:not|instead of|isn'?t|rather than)\s+(?:like\s+|about\s+|the\s+)?\$?\s?$"
)
APPROX = re.compile(
    r"\b(about|around|approx\w*|roughly|almost|nearly|just under|a bit (?:over|under)|some|like|maybe|ish)\s+$"
)
ALL = re.compile(r"\b(?:all|full|everything|whole|entire)\b", re.I)
NO_WAY = re.compile(
    r"\b(?:no way|(?:don'?t|do not|didn'?t) (?:think|believe|see|know how)|doubt|wish|impossible|there'?s no|hardly|never|not|nobody|if only|unlikely)\b(?:(?!\bbut\b)[^,.?!;\n]){0,40}$"
)
CLOSED = re.compile(
    r"\s*(?:$|[.!;]|,?\s*(?:no kids|no children|here|at home|living here|in\s+(?:my|our|the)\s+(?:house|home|household|family)))"
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

# Circumstances: who tells them, and the words that make them a question or a supposition.
ME = r"(?:\b(?:i|we|ive|weve|im|me\s+and\s+my\s+(?:wife|husband|spouse)|my\s+(?:wife|husband|spouse)\s+and\s+(?:i|me))(?:'ve|'m|'re|\s+have|\s+am|\s+are)?\s+)"
START = r"(?:(?:^|[.?!;,\n]|\b(?:and|but|so|because|also|plus)\s)\s{0,3}(?:(?:also|just|already|hi|hello|hey|ok|okay|well|so|yes|no|yeah|and|but|now|then|too|because)[,\s]{1,3}){0,3})"
HAVE = (
    rf"(?:(?:{ME}|{START})(?:(?:also|just|already|now|recently|currently|even|then|still|finally|do)\s+){{0,2}}(?:have|got|received|recieved|was\s+(?:sent|served|given)|were\s+(?:sent|served)|been\s+(?:sent|served))"
    r"|\b(?:they|the\s+irs|irs)(?:'ve|\s+have|\s+has)?\s+(?:(?:also|just|already|even|then|now)\s+){0,2}(?:sent|mailed|served|gave)\s+(?:me|us)|\bthere(?:'s|\s+is|\s+was|\s+came))\s+(?:(?:also|already|now)\s+)?"
)
SUPPOSED = re.compile(
    r"\b(?:if|whether|unless|suppose|supposing|imagine|assuming|pretend|in case|what happens|would|until|till|before|when|once|let'?s say|hypothetically|instead of|rather than)\b"
)
_AUX = r"(?:do|does|did|is|are|was|were|am|has|have|can|could|will|would|should|shall|may|might|must)\s+(?:not\s+)?"
INVERTED = re.compile(
    rf"(?:\b(?:what|how|why|which|who|where)\b|(?<!\bi )(?<!we )(?<!they )(?<!could )(?<!can )(?<!'ll )(?<!will )\b{_AUX}(?:i|we|you|they|he|she|it|there)\b"
    rf"|^\W*(?:(?:so|and|but|ok|okay|hi|hello|then|also|well)\W+){{0,2}}{_AUX}(?:the|irs|my|our|an?|this|that|any|someone)\b"
    r"|\b(?:can|will|could|might|may|should|going to|gonna|about to|want to|wants to|threaten\w*|worried|afraid|scared|fear|think\w*|considering|don'?t think|doubt|not sure|never|not|n't|hope|wish|do|does|did)\s+(?:that\s+|to\s+|me\s+|us\s+)?(?=\S+$))(?P<rest>.*)$"
)
TOLD_NOW = re.compile(
    r"\b(?:what|can|do|does|should|how|will|is|am|which|when|where|could|would|are|why|now what)\b"
)


class Circumstance(NamedTuple):
    """A rare fact: what it is, a word without which it is not looked for, how it is said.

    ``unless``: what in the same sentence means that it is over, or something else. ``old``: not
    when a year two or more before this one is named with it. ``lapses``: it gives a right that runs
    out, so that told of long ago it is the kind named here instead.
    """

    kind: str
    value: str
    hint: "re.Pattern[str]"
    says: "re.Pattern[str]"
    unless: Optional["re.Pattern[str]"] = None
    old: bool = False
    lapses: str = ""


def _c(
    kind: str,
    value: str,
    hint: str,
    says: str,
    unless: str = "",
    old: bool = False,
    lapses: str = "",
) -> Circumstance:
    return Circumstance(
        kind,
        value,
        re.compile(hint),
        re.compile(says),
        re.compile(unless) if unless else None,
        old,
        lapses,
    )


# When something was, by its year or by how long ago: the year a tax is for is no such thing.
LONG_AGO = re.compile(
    r"\b(?:in|since|back in|during|from|early|late|around|sometime in|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\s+(?:of\s+)?(?P<year>(?:19|20)\d\d)\b(?!\s+(?:tax|return|balance|debt|income))"
    r"|\b\d{1,2}[/-]\d{1,2}[/-](?P<dated>(?:19|20)\d\d)\b|\b(?P<ago>(?:(?:\d+|an?|one|two|three|four|five|six|seven|eight|ten|several|few|many|couple(?: of)?|some)\s+)?years?\s+(?:ago|back)|last year)\b"
)


_ADV = r"(?:(?:also|just|already|now|recently|actually|currently|even|then|still|finally|once|since)\s+){0,2}"
_THEY = rf"\b(?:they|the irs|irs|the government)(?:'ve|'re|'s| have| has| are| is)?\s+{_ADV}"
_MY = r"(?:my|our)\s+"
_FINAL = (
    r"(?:lt\s?-?\s?11|cp\s?-?\s?(?:90|297)a?|letter\s+(?:lt\s?-?11|1058)|lt\s?-?1058|1058\s+letter|"
    r"final\s+notice(?:,?\s+notice)?\s+of\s+(?:\w+\s+)?intent\s+to\s+levy|notice\s+of\s+(?:my\s+)?right\s+to\s+a\s+hearing)\b"
)
_LIEN_LETTER = r"(?:(?:letter|lt|ltr)\s?-?3172|3172(?:\s+letter)?|(?:notice\s+of\s+)?(?:an?\s+)?(?:federal|irs)\s+(?:tax\s+)?lien|nftl|tax\s+lien|lien\s+(?:letter|notice))\b"
_ARTICLES = r"(?:(?:an?|the|my|this|one|another|also|both|too|cp\s?\d+[a-z]?|and|irs|certified|registered|second|third|final|new|scary|letter|notice|called|named|copy)\s+){0,5}"
_IA = r"(?:(?:irs|monthly|tax|long[- ]term|short[- ]term)\s+)?(?:payment\s+plan|monthly\s+plan|plan\s+with\s+the\s+irs|payment\s+agreement|instal?lment\s+(?:agreement|plan)|installments?|repayment\s+plan)"
_NOT_IRS = r"\b(?:dentist|doctor|hospital|credit card|state|landlord|student loans?|child support|bank loan|car loan|car payment|utility|phone company|mechanic|contractor|hoa|collection agency|collections?|mortgage company)\b"
_ACCOUNT = r"(?:bank\s+|checking\s+|savings\s+|business\s+)?(?:accounts?|paychecks?|wages|pay|checks?|salary|social\s+security|bank|checking|savings|pension)\b"
_BASICS = r"(?:rent|groceries|food|medicines?|meds|medication|prescriptions?|insulin|utilities|electric(?:ity)?|heat|gas|mortgage|diapers|basic (?:bills|needs|living)|(?:living|other|basic|household) (?:bills|expenses)|formula|the lights|to eat|necessities|my bills)"
_NEEDS = rf"(?:(?:for|the|my|our|to|any|enough|buy|pay|even|on|basic|and|or|heat|power|keep)\s+){{0,4}}{_BASICS}\b"
_UNABLE = r"(?:can'?t|cannot|can not|could ?n'?t|won'?t be able to|would ?n'?t be able to|not able to|unable to|barely|hardly|struggling to|can barely|can hardly)"
_OUR_RETURN = r"(?:(?!but\b|and\b|paid\b|pay\b|if\b|not\b|never\b|an?\s+appeal|appeal\b|forms?\b|request\b|claim\b|amended\b|offer\b|bankruptcy\b|complaint\b|hearing\b|extension\b|would\b|will\b)[\w'/]+\s+){0,5}?"
_SENT_RETURN = rf"(?:{ME}|{START}){_ADV}(?:always\s+|did\s+)?(?:filed?|submitted|sent\s+(?:it|them|my\s+return|that|this|the\s+return)\s+in|mailed|turned)\s+{_OUR_RETURN}"
_LATE = r"(?:(?:\w+|a\s+few|a\s+couple(?:\s+of)?)\s+(?:years?|months?|weeks?|days?)\s+)?(?:too\s+)?late\b(?!\s+(?:fee|fees|penalt|at night|in the (?:day|evening)))"

CIRCUMSTANCES: Tuple[Circumstance, ...] = (
    # first the extension: "filed in October after an extension" is on time, and not late
    _c("filed_on_time", "true", "extension", rf"{_SENT_RETURN}(?:\w+\s+){{0,3}}?(?:after|with|on|under|within|using|thanks\s+to)\s+(?:an?\s+|my\s+|the\s+|our\s+)?(?:\w+\s+)?extension\b"
       rf"|(?:{ME}|{START}){_ADV}(?:got|had|took|filed|requested)\s+(?:for\s+)?(?:an?|my|the|our)\s+extension\s*(?:,|and|then|,\s*and)+\s*(?:(?:i|we|then)\s+)*(?:filed|sent|submitted|mailed)\b", r"\blate\b|\bafter the extension\b|\bnever\b|n't\b"),
    _c("filed_on_time", "false", r"on time|deadline", rf"\b{ME}?(?:didn'?t|did not|never|couldn'?t|wasn'?t able to|failed to)\s+(?:file|filed|submit|send|get)\s+{_OUR_RETURN}(?:on\s+time|by\s+the\s+(?:deadline|due\s+date))"),
    _c("filed_on_time", "true", r"on time|timely|deadline|due date|april|tax day", rf"{_SENT_RETURN}(?:on\s+time|timely|(?:by|before)\s+(?:the\s+|its\s+)?(?:filing\s+)?(?:deadline|due\s+date|april\s+15(?:th)?|tax\s+day))\b"
       rf"|\b{_MY}(?:\d{{4}}\s+)?(?:tax\s+)?(?:returns?|taxes)\s+(?:was|were)\s+(?:filed\s+|sent\s+|all\s+|in\s+)*on\s+time\b", r"\bnot\s+on\s+time\b|\blate\b"),
    _c("filed_on_time", "false", r"late|deadline|due date", rf"{_SENT_RETURN}(?:{_LATE}|(?:after|past)\s+(?:the\s+)?(?:filing\s+)?(?:deadline|due\s+date))"
       rf"|\b(?:my|our|that|the|this)\s+(?:\d{{4}}\s+)?(?:tax\s+)?returns?\s+(?:was|were|went\s+in)\s+(?:filed\s+|sent\s+in\s+)?{_LATE}"
       rf"|{ME}(?:was|were)\s+(?:\w+\s+(?:years?|months?|weeks?)\s+)?late\s+(?:with|filing|in\s+filing)\s+{_OUR_RETURN}(?:returns?|taxes)", r"\bextension\b"),
    _c("hardship", "true", r"rent|food|grocer|eat|meds|medic|insulin|utilit|electric|heat|gas|mortgage|bills|hardship|barely|ends meet|evict|homeless|hungry|feed|paycheck to|nothing left|prescri|diaper|live on|lights|expenses|scrap|formula",
       rf"\b(?:pay|paying|payments?)\b[^.?!;\n]{{0,40}}\b(?:means?|leaves?|left|would\s+leave|be)\s+(?:(?:me|us|with)\s+){{0,2}}(?:no|without|nothing|not\s+enough)\s+(?:money\s+)?(?:left\s+)?{_NEEDS}"
       rf"|\bif\s+(?:i|we)\s+(?:have\s+to\s+)?pay\b[^.?!;\n]{{0,40}}\b(?:can'?t|cannot|couldn'?t|won'?t|wouldn'?t|no|without|not)\s+(?:(?:be|able|to|have|afford|pay|buy|money|for)\s+){{0,5}}{_NEEDS}"
       rf"|\bif\s+(?:i|we)\s+(?:have\s+to\s+)?pay\s+(?:this|it|that|them|the\s+irs|you)\b[^.?!;\n]{{0,20}}\b(?:i'?ll|we'?ll|i\s+will|i'?d|i\s+would|we)\s+(?:be|lose|get|go|starve|end\s+up)\s+(?:homeless|evicted|my\s+(?:home|house|apartment)|our\s+(?:home|house|apartment)|hungry|without\s+food|on\s+the\s+street)"
       rf"|(?:{ME}|{START}){_ADV}(?:simply\s+|really\s+|literally\s+)?{_UNABLE}\s+(?:even\s+)?(?:afford|pay|buy|cover|make|keep|get)\s+{_NEEDS}"
       rf"|(?:{ME}|{START}){_ADV}(?:can\s+)?(?:barely|hardly|just)\s+(?:get(?:ting)?\s+by|scrap(?:e|ing)\s+by|surviv(?:e|ing)|mak(?:e|ing)\s+(?:ends\s+meet|rent)|feed(?:ing)?\s+(?:my|our)\s+\w+|keep\s+the\s+lights\s+on|cover\s+{_NEEDS})"
       rf"|\band\s+(?:can\s+)?(?:barely|hardly)\s+(?:get(?:ting)?\s+by|mak(?:e|ing)\s+ends\s+meet|scrap(?:e|ing)\s+by)"
       rf"|(?:{ME}|{START}){_UNABLE}\s+(?:even\s+)?(?:make\s+ends\s+meet|feed\s+(?:my|our)\s+\w+|keep\s+the\s+lights\s+on)"
       rf"|{ME}{_ADV}(?:live|living)\s+paycheck\s+to\s+paycheck|{ME}{_ADV}(?:(?:being|getting|about\s+to\s+be|going\s+to\s+be|facing)\s+)*(?:evicted|eviction|homeless)\b"
       rf"|\b(?:there'?s|there\s+is|have|has|got)\s+(?:no\s+money|nothing)\s+(?:left\s+)?(?:for|after|to\s+live\s+on)\s*(?:{_NEEDS})?|\b(?:i|we)\s+(?:have\s+)?(?:no\s+money|nothing)\s+(?:left\s+)?for\s+{_BASICS}"
       rf"|\bchoos(?:e|ing)\s+between\s+(?:[\w']+\s+){{0,4}}(?:food|rent|medicine|meds|groceries)|{ME}{_ADV}behind\s+on\s+(?:my\s+|our\s+|the\s+)?(?:rent|mortgage|utilities)"
       rf"|\b(?:this|it|paying(?:\s+\w+)?|that)\s+(?:would\s+be|is|will\s+be|causes?|would\s+cause)\s+(?:me\s+|us\s+)?(?:an?\s+)?(?:real\s+|severe\s+|financial\s+|serious\s+|huge\s+)*hardship|{ME}{_ADV}(?:in|facing|having|experiencing)\s+(?:a\s+)?(?:real\s+|severe\s+|financial\s+|serious\s+)*hardship",
       rf"{_NOT_IRS}|\bnot\s+(?:a|in)\s+hardship"),
    _c("existing_plan", "defaulted", r"cp\s?-?523|cancel|default|terminat|revoke|missed|kicked|ended|plan|agreement",
       rf"{HAVE}{_ARTICLES}cp\s?-?\s?523\b"
       rf"|{_MY}(?:old\s+|previous\s+)?(?:plan|agreement|{_IA})\s+(?:was|got|has\s+been|had\s+been|is|is\s+in|went\s+into|just\s+got)?\s*{_ADV}(?:cancell?ed|terminated|defaulted|revoked|ended|default|voided|kicked\s+out)"
       rf"|(?:{ME}|{START}){_ADV}(?:defaulted\s+on|(?:was|were|got)\s+(?:kicked|dropped|removed)\s+(?:off|from|out\s+of)|in\s+default\s+on|broke)\s+(?:my|our|an?|the)\s+(?:\w+\s+)?(?:plan|agreement|{_IA})"
       rf"|{_THEY}(?:cancell?ed|terminated|ended|revoked|defaulted)\s+(?:my|our)\s+(?:plan|agreement|{_IA})", _NOT_IRS),
    _c("existing_plan", "in_effect", r"plan|agreement|install?ment",
       rf"{ME}{_ADV}(?:been\s+)?(?:paying\s+)?(?:on|in|under)\s+(?:an?|my|our|the|one\s+of\s+those)\s+(?:existing\s+|current\s+|active\s+)?{_IA}\b"
       rf"|(?:{ME}|{START}){_ADV}(?:have|got|ve\s+got)\s+{_ADV}(?:an?|one|our|my)\s+(?:existing\s+|current\s+|active\s+|ongoing\s+)?{_IA}\b(?!\s+(?:question|request|form|application|offer|in\s+mind|quote|issue|option|denied|rejected))"
       rf"|{ME}{_ADV}(?:set\s+up|signed\s+up\s+for|entered|entered\s+into|made|got\s+approved\s+for|was\s+approved\s+for|were\s+approved\s+for)\s+{_ADV}(?:an?|my|our)\s+{_IA}\b"
       rf"|{_MY}(?:existing\s+|current\s+|active\s+)?{_IA}\s+(?:is|was)\s+(?:already\s+|still\s+)?(?:current|active|in\s+place|in\s+effect|set\s+up|approved)\b|\b(?:existing|current)\s+{_IA}\s+with\s+the\s+irs\b"
       rf"|{ME}(?:stopped\s+paying(?:\s+on)?\s+(?:my|our)\s+(?:plan|agreement|{_IA})|(?:missed|skipped)\s+(?:an?|one|two|my|some|a\s+couple(?:\s+of)?|\d|last)?\s*(?:\w+'?s?\s+)?payments?\s+(?:on|under|of)\s+(?:my|our)\s+(?:plan|agreement|{_IA}))",
       rf"{_NOT_IRS}|\b(?:paid (?:it |that )?off|finished|denied|rejected|turned down|cancell?ed|terminated|defaulted)\b"),
    _c("bankruptcy", "true", r"bankrupt|chapter|\bch\.?\s?(?:7|1[123])\b",
       rf"(?:{ME}|{START}){_ADV}(?:(?:in|under|going\s+through|in\s+the\s+middle\s+of)\s+(?:an?\s+|my\s+)?(?:active\s+|open\s+|pending\s+)?(?:chapter|ch\.?)\s?-?\s?(?:7|1[123])\b|(?:in|under|going\s+through|in\s+the\s+middle\s+of)\s+(?:an?\s+|my\s+)?(?:active\s+|open\s+|pending\s+)?bankruptcy)"
       rf"|(?:{ME}|{START}){_ADV}(?:filed|declared|entered|went\s+into)\s+{_ADV}(?:for\s+)?(?:an?\s+)?(?:personal\s+|business\s+)?(?:(?:chapter|ch\.?)\s?-?\s?(?:7|1[123])\b|bankruptcy|bk\b)"
       rf"|{HAVE}(?:an?\s+|my\s+)?(?:open|active|pending|ongoing|current)\s+(?:chapter\s+\d+\s+)?(?:bankruptcy|chapter\s+\d+)|{_MY}(?:bankruptcy|chapter\s+\d+)(?:\s+(?:case|plan|bankruptcy))?\s+(?:is|was)\s+(?:still\s+|just\s+)?(?:open|active|pending|ongoing|filed|in\s+progress)",
       r"\b(?:discharged?|dismissed|closed|years ago|over now|is over|ended|finished|used to|decades|completed)\b", old=True),
    _c("offer_pending", "true", r"offer|\boic\b|\b656\b",
       rf"(?:{ME}|{START}){_ADV}(?:sent\s+(?:in\s+)?|sent\s+them\s+|submitted|filed|mailed\s+(?:in\s+)?|made|put\s+in|applied\s+for|turned\s+in)\s*{_ADV}(?:an?\s+|my\s+|our\s+|the\s+)?(?:irs\s+)?(?:offer[\s-]in[\s-]compromise|oic\b|form\s+656|offer\s+to\s+(?:the\s+irs|settle))"
       rf"|{_MY}(?:offer(?:[\s-]in[\s-]compromise)?|oic)\s+(?:is|was)\s+(?:still\s+)?(?:pending|under\s+review|being\s+\w+|in\s+process|submitted|sent|with\s+the\s+irs)"
       rf"|{HAVE}(?:an?\s+|my\s+)?(?:(?:pending|open)\s+(?:offer[\s-]in[\s-]compromise|oic|offer)|(?:offer[\s-]in[\s-]compromise|oic|offer)\s+(?:pending|in\s+process|under\s+review|submitted))"
       rf"|{ME}{_ADV}waiting\s+(?:on|for|to\s+hear)\s+(?:\w+\s+){{0,4}}?(?:my|our)\s+(?:offer|oic)\b",
       r"\b(?:reject\w*|denied|returned|turned (?:it |us |me )?down|accepted|refused|withdr[ae]w\w*|declined|years ago)\b", old=True),
    _c("final_levy_notice", "true", r"lt\s?-?11|1058|cp\s?-?(?:90|297)|intent|hearing",
       rf"{HAVE}{_ARTICLES}{_FINAL}|(?<!when )(?<!if )\b(?:an?|the|my|another)\s+{_FINAL}\s+{_ADV}(?:came|arrived|showed\s+up|is\s+dated|dated|that\s+(?:i|we)\s+got|(?:i|we)\s+got)\b"
       rf"|\b(?:it'?s|it\s+is|this\s+is|letter\s+is|notice\s+is|says)\s+(?:an?\s+)?{_FINAL}", lapses="past_hearing"),
    _c("lien_notice", "true", r"lien|3172|nftl",
       rf"{HAVE}{_ARTICLES}{_LIEN_LETTER}(?!\s+question)|{_THEY}(?:filed|put|placed|recorded|slapped|got|have)\s+{_ADV}(?:an?\s+|the\s+)?(?:(?:federal|tax|irs|notice\s+of)\s+){{0,4}}lien\b"
       rf"|\bthere(?:'s|\s+is|\s+was)\s+{_ADV}(?:an?\s+)?(?:(?:federal|tax|irs)\s+){{0,2}}lien\s+(?:(?:filed|recorded|placed)\s+)?(?:on|against)\s+(?:me|us|my|our)\b"
       rf"|(?:{ME}|{START}){_ADV}have\s+{_ADV}(?:an?\s+)?(?:(?:federal|tax|irs)\s+){{0,2}}lien\s+(?:on|against)\s+(?:me|us|my|our)\b"
       rf"|\b(?:an?|the)\s+(?:(?:federal|tax|irs)\s+){{0,2}}lien\s+(?:was|has\s+been|is|got)\s+{_ADV}(?:filed|recorded|placed|put)\b",
       rf"{_NOT_IRS}|\b(?:released?|withdrawn|removed|lifted|gone|paid off)\b", lapses="past_hearing"),
    _c("levy_in_place", "true", r"garnish|lev(?:y|ied)|account|paycheck|wages|salary|bank|social security|\bmy (?:check|pay)\b",
       rf"{_THEY}(?:took|taken|take|taking|seized|seizing|levied|emptied|drained|froze|frozen|freezing|grabbed|cleaned\s+out|wiped\s+out|pulled)\s+(?:(?!back\b|refund|off\b)[\w$,.%]+\s+){{0,5}}?(?:from\s+|out\s+of\s+|in\s+)?(?:my|our|each|every|the)\s+{_ACCOUNT}"
       rf"|{_THEY}(?:garnish(?:ing|ed)?|lev(?:y|ying|ied)|docking|docked)\s+(?:\w+%?\s+of\s+)?(?:my|our)\s+(?:\w+\s+)?{_ACCOUNT}"
       rf"|{_MY}{_ACCOUNT}\s+(?:is|are|was|were|got|has\s+been|have\s+been|is\s+getting|are\s+getting|keeps\s+getting)\s+{_ADV}(?:being\s+)?{_ADV}(?:garnished|levied|frozen|seized|emptied|drained)"
       rf"|{HAVE}(?:an?\s+)?(?:irs\s+)?(?:wage\s+|bank\s+|tax\s+)?(?:levy|garnishment)\s+(?:on|against|from)\s+(?:my|our)\b",
       rf"{_NOT_IRS}|\b(?:released?|lifted|stopped|gave (?:it|the money) back|returned|my ex|canada)\b"
       # Asked whether they may, in the middle of a message, is not told that they did.
       r"|\b(?:can|could|will|would|may|might|should|if|before|until|unless|when|do)\s+(?:they|the irs|it|u|you|the government)\s+(?:\w+\s+)?(?:take|seize|freeze|grab|empty|touch)"),
    _c("revenue_officer", "true", "revenue officer",
       rf"{HAVE}(?:an?|our|my)\s+(?:irs\s+)?revenue\s+officer\b|\b(?:my|our)\s+(?:irs\s+)?revenue\s+officer\b|\b(?:an?|the|irs|this)\s+(?:\w+\s+)?revenue\s+officer\s+{_ADV}(?:came|visited|called|showed|stopped|knocked|left|contacted|wants|gave|says|said|named|wrote|emailed|is\s+(?:already\s+|now\s+)?(?:assigned|on|at|handling|working|in\s+charge|coming)|was\s+(?:here|at|assigned)|has\s+(?:been\s+(?:assigned|here)|called|contacted|my))"
       rf"|\brevenue\s+officer\s+(?:came|visited|called|showed\s+up|stopped\s+by|knocked|left|contacted|assigned\s+to\s+(?:me|us|my))|\b(?:assigned|given|sent|transferred|turned\s+over)\s+(?:to\s+)?(?:me\s+|us\s+)?an?\s+revenue\s+officer|(?:{ME}|{START}){_ADV}(?:talked|spoke|met|meeting|dealing|working|talking|spoken)\s+(?:to|with)\s+(?:an?|the)\s+(?:\w+\s+)?revenue\s+officer",
       r"\b(?:no|not|never|n't)\b[^,]{0,20}revenue officer"),
    _c("closed_sole_proprietor", "true", r"sole[\s-]*prop|schedule c",
       rf"(?:{ME}|{START}){_ADV}(?:closed|shut\s+down|shut|dissolved|ended|wound\s+up|gave\s+up|folded|stopped\s+running|quit)\s+(?:down\s+|up\s+)?(?:it\b|(?:the|my|our|that)\s+(?:(?!bank|account)[\w'-]+\s+){{0,3}}?(?:business|shop|store|company|practice|restaurant|sole[\s-]*prop\w*))"
       rf"|\b(?:business|shop|store|company|sole[\s-]*prop\w*|it)\s+(?:(?:is|was|has|been|got|now|already|i|we|had|ran)\s+){{0,4}}(?:closed|shut\s+down|gone|defunct|out\s+of\s+business|no\s+longer\s+(?:open|operating|running))|{ME}(?:went\s+)?out\s+of\s+business",
       r"\bnot?\s+(?:an?\s+)?sole|n't\s+(?:an?\s+)?sole|\b(?:llc|inc|corp\w*|partnership|bank account|open again|reopened)\b"),
)  # fmt: skip
