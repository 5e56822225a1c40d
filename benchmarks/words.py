"""The words of the invented corpus: ferries of an archipelago that does not exist.

Holds values only. In a sentence stand ``{boat}``, ``{island}``, ``{other}`` (a second island) and
``{number}``, which is from 11 to 99: Arabic then counts in the singular.
"""

from __future__ import annotations

from typing import NamedTuple


class Both(NamedTuple):
    """A text in both languages."""

    ar: str
    en: str

    def of(self, language: str) -> str:
        """Return the text in one language."""
        return self.ar if language == "ar" else self.en


SITE = Both("عبّارات الأرخبيل", "Archipelago Ferries")
TAGLINE = Both("ما قيل عن العبّارات ومن قاله", "What was said of the ferries and by whom")
ABOUT = Both("عن الموقع", "About")
ABOUT_TEXT = Both("كل ما هنا مختلق ليُقاس به الوقت.", "All of this is invented to measure with.")

SECTIONS = {
    "briefings": Both("الموجزات", "Briefings"),
    "topics": Both("الموضوعات", "Topics"),
    "sources": Both("المصادر", "Sources"),
}
TOPICS = {
    "timetables": Both("المواعيد", "Timetables"),
    "fares": Both("الأجور", "Fares"),
    "harbours": Both("المرافئ", "Harbours"),
    "crews": Both("الأطقم", "Crews"),
    "weather": Both("الطقس", "Weather"),
    "repairs": Both("الإصلاحات", "Repairs"),
    "lighthouses": Both("المنارات", "Lighthouses"),
    "cargo": Both("الشحن", "Cargo"),
    "fuel": Both("الوقود", "Fuel"),
    "tides": Both("المد والجزر", "Tides"),
    "mail": Both("البريد", "Mail"),
    "islands": Both("الجزر", "Islands"),
    "passengers": Both("الركاب", "Passengers"),
    "schools": Both("المدارس", "Schools"),
    "fishing": Both("الصيد", "Fishing"),
    "piers": Both("الأرصفة", "Piers"),
    "charts": Both("الخرائط", "Charts"),
    "winter": Both("الشتاء", "Winter"),
    "safety": Both("السلامة", "Safety"),
    "history": Both("التاريخ", "History"),
}
ISLANDS = [
    Both("جزيرة النوارس", "Gull Island"),
    Both("رأس الملح", "Salt Head"),
    Both("خليج اللؤلؤ", "Pearl Bay"),
    Both("الصخرة البيضاء", "White Rock"),
    Both("مرسى التين", "Fig Anchorage"),
    Both("جزيرة الصنوبر", "Pine Island"),
    Both("ميناء الرماد", "Ash Harbour"),
]
BOATS = [
    Both("السنونو", "the Swallow"),
    Both("البجعة", "the Pelican"),
    Both("النورسة", "the Gull"),
    Both("القمرية", "the Turtle Dove"),
    Both("اللقلق", "the Stork"),
]
ORIGINS = {
    "harbour-board": Both("مجلس المرافئ", "Harbour Board"),
    "island-courier": Both("بريد الجزر", "Island Courier"),
    "pilots-guild": Both("نقابة الربابنة", "Guild of Pilots"),
    "tide-office": Both("مكتب المد", "Tide Office"),
}
KINDS = ["article-newspaper", "report", "webpage", "broadcast", "interview"]
"""The types of the sources."""

TITLE = Both("{boat} و{island}: الرحلة *", "{boat} and {island}: crossing *")
"""``*`` stands for the number of the briefing."""
SUMMARY = Both(
    "كم مرة أبحرت {boat} إلى {island}، وماذا قال من رأوها عن {other}.",
    "How often {boat} sailed to {island}, and what those who saw it said of {other}.",
)
HEADINGS = {
    "crossings": Both("الرحلات", "The crossings"),
    "harbour": Both("في المرفأ", "At the harbour"),
    "fares": Both("الأجور", "The fares"),
    "numbers": Both("الأرقام", "The numbers"),
    "next": Both("ما التالي", "What comes next"),
}
TABLE = Both("الرصيف | الرحلات | آخر عبّارة", "Pier | Crossings | Last ferry")
PIERS = [Both("الشمال", "North"), Both("الجنوب", "South"), Both("القديم", "Old pier")]
NOTES = [
    Both("سجل السفينة محفوظ في مرفأ {island}.", "The log is kept at the harbour of {island}."),
    Both("يُدق الجرس مرتين في الضباب.", "The bell is struck twice when there is fog."),
]
QUOTED = Both("تبقى الأجرة كما هي", "the fare stays as it is")
SEE = Both(
    "انظر [الرحلة السابقة]({before}#crossings) و[رحلة أقدم]({older}) و[عن الموقع]({about}).",
    "See [the crossing before]({before}#crossings), [an older one]({older}) or "
    "[about this site]({about}).",
)
CORRECTION = Both("صُحح عدد الرحلات.", "The number of crossings was corrected.")
GAPS = [
    Both("كم كان عدد الركاب.", "How many passengers there were."),
    Both("من دفع الكلفة.", "Who paid for it."),
]
REASON = Both("يُفهم من النص", "Inferred from the text")
TOLD = Both(
    "يصف النص رحلات {boat} إلى {island}.",
    "The text describes the crossings of {boat} to {island}.",
)
DESCRIPTOR = Both("نص مختلق.", "An invented text.")
TOPIC_SUMMARY = Both("ما يُعرف عن {topic} في الأرخبيل.", "What is known of {topic}.")
TOPIC_TEXT = Both("تذكر المصادر {topic} كثيرًا", "The sources often speak of {topic}")
REFERENCES = Both("المراجع", "References")

SENTENCES = [
    Both(
        "أبحرت {boat} إلى {island} في صباح هادئ مع {number} راكبًا، وعادت قبل أن يحل الظلام",
        "On a calm morning {boat} sailed to {island} with {number} passengers and came back before "
        "it was dark",
    ),
    Both(
        "قال الربان إن البحر كان «هادئًا كالزيت» طوال الطريق، ولم يقل متى يعود إلى {other}",
        'The pilot called the sea "smooth as oil" all the way and did not say when he would return '
        "to {other}",
    ),
    Both(
        "يذكر **الجدول المعلّق** على باب المرفأ {number} رحلة في الأسبوع، ويذكر السجل أقل من ذلك",
        "The **timetable on the door** of the harbour has {number} crossings a week, and the log "
        "has fewer than that",
    ),
    Both(
        "انتظر الناس على رصيف {island} ساعتين في المساء، لأن الحبل القديم انقطع مرة أخرى",
        "People waited on the pier of {island} for two hours in the evening, because the old rope "
        "had torn once more",
    ),
    Both(
        "لا يعرف أحد في {other} *كم لترًا* من الوقود تحتاج إليه {boat} في رحلة واحدة",
        "Nobody on {other} knows *how many litres* of fuel {boat} needs for a single crossing in "
        "either direction",
    ),
    Both(
        "كتب المجلس في رسالته أن الرصيف الشمالي سيبقى مغلقًا {number} يومًا حتى يجف الخشب",
        "The board wrote in its letter that the northern pier would stay closed for {number} days "
        "until the wood is dry",
    ),
    Both(
        "ومع ذلك حملت {boat} البريد والخبز وأقفاص الدجاج إلى {island} كل يوم من أيام الأسبوع",
        "All the same {boat} carried mail, bread and cages of hens to {island} on every day of "
        "that week",
    ),
    Both(
        "تقول معلمة من {other} إن تلاميذها يصلون متأخرين حين تهب الريح من الغرب",
        "A teacher from {other} says that her pupils arrive late whenever the wind blows from the "
        "west for long",
    ),
    Both(
        "أُصلح المصباح في منارة {island} بعد {number} ليلة، وكان الصيادون قد وضعوا مصباحًا مكانه",
        "The lamp in the lighthouse of {island} was repaired after {number} nights; fishermen had "
        "put one of their own there",
    ),
    Both(
        "بحسب النص يعمل على {boat} أربعة بحارة، وكان عليها سبعة قبل أن يبدأ الشتاء",
        "According to the text {boat} has a crew of four, and it had a crew of seven before the "
        "winter began",
    ),
    Both(
        "لم يُعرف من أين جاء الرقم {number}، فالمكتب لا يعدّ إلا من يشترون تذكرة",
        "Where the number {number} came from is not known, since the office counts only those who "
        "buy a ticket",
    ),
    Both(
        "ورأى الحارس من نافذته أن {boat} دارت حول الصخور مرتين ثم دخلت مرفأ {other}",
        "From his window the keeper saw {boat} turn around the rocks twice before it entered the "
        "harbour of {other}",
    ),
    Both(
        "يختلف المصدران في اليوم والساعة، ويتفقان على أن السفينة لم تغادر {island} فارغة",
        "The two sources differ about the day and the hour, and agree that the ship did not leave "
        "{island} empty",
    ),
]
