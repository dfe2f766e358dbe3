"""Kinds of pages that look like several articles, or like one, and are not."""

import pytest

from loader.articles import split
from loader.pages import Page

P = (
    "The minister said on Monday that the harbour would open again before the winter, and that "
    "the workers who had been sent home would be paid for the days they had lost.",
    "Nobody at the port authority would say how many ships had gone elsewhere, but the cranes "
    "along the eastern quay stood still for the ninth day in a row.",
    "Astronomers have found a galaxy so faint that it escaped every earlier survey of the sky, "
    "and they believe that thousands more of its kind are waiting to be seen.",
    "Farmers in the valley are selling their cattle early, because the reservoir that feeds the "
    "pastures has fallen to a tenth of what it held a year ago.",
)
LIVE = f"""Live Updates: Strike in the harbour
By Ann Lee and Bo Day, CNN
Updated 12:02 a.m. ET, March 21, 2023

9:02 p.m. ET, March 20, 2023
Minister says the harbour will open again
From CNN's Cy Fox

{P[0]}

8:15 p.m. ET, March 20, 2023
Cranes stand still for the ninth day
From CNN's Di Ray

{P[1]}

7:40 p.m. ET, March 20, 2023
Farmers feel the strike as well
From CNN staff

{P[3]}"""
LIVE_ANALYSIS = f"""Strike in the harbour: latest

14:22
Minister says the harbour will open again
{P[0]}

14:05
Cranes stand still for the ninth day
{P[1]}

13:40
Analysis
What we know about the strike
{P[3]}"""
CHRONICLE = f"""A short history of the strike
By Ann Lee

{P[0]}

February 24, 2022

{P[1]}

March 3, 2022

{P[3]}

April 1, 2022

{P[0]}"""
EXPLAINER = f"""Why is the harbour closed?
By Ann Lee, BBC News
Published 20 March 2023

{P[0]}

What do the dockers want from the port authority?

{P[1]}

Are the farmers in the valley hurt by the strike?

{P[3]}

Could the strike lead to a new contract?

{P[0]}"""
GUARDIAN = f"""Harbours
Minister promises an end to the strike
Port authority says dockers are ‘a direct threat’ to the valley’s farmers

Ann Lee in Geneva and Bo Day
Mon 20 Mar 2023 18.12 GMT
Last modified on Tue 21 Mar 2023 05.03 GMT

{P[0]}

{P[1]}
Explore more on these topics
Harbours
news
Share"""
CATEGORY = f"""Category: News
Minister promises an end to the strike
March 20, 2023 by Ann Lee
{P[0]}

Astronomers find a galaxy, faint and far
March 19, 2023 by Bo Day
{P[2]}

Cattle are sold early in the valley
March 18, 2023 by Ann Lee
{P[3]}
Older posts"""
TEASERS = f"""Minister promises an end to the strike

{P[0]}

Astronomers find a galaxy, faint and far

{P[2]}

Cattle are sold early as the reservoir falls

{P[3]}"""
NAVIGATION = f"""Skip to content
Home
News
Opinion
Home > World > Asia
Minister promises an end to the strike
by Staff Writer
March 20, 2023
Share on Facebook Share on Twitter

{P[0]}

{P[1]}

Tags: Harbours Strikes
Previous Post
Astronomers find a galaxy, faint and far
Next Post
Cattle are sold early in the valley
Leave a Reply Cancel reply"""
HEADLINES = """Minister promises an end to the strike
Astronomers find a galaxy, faint and far
Cattle are sold early as the reservoir falls"""
READ_MORE = f"""World
Minister promises an end to the strike

By Ann Lee

{P[0]}

{P[1]}

Read more
Astronomers find a galaxy, faint and far
Sign up to our harbour newsletter"""
POINTS = f"""Minister promises an end to the strike
By Ann Lee
Posted Mon 20 Mar 2023 at 6:04pm
cranes along a quay
Nine ships went elsewhere in a week. (Harbour News: Bo Day)

Help keep your friends informed by sharing this article

Key points:
The strike began on the quay last week
Nobody has counted the ships that left
Experts say that the winter will be hard

{P[0]}

{P[1]}"""
TABLOID = f"""EXCLUSIVE: Minister promises an end to the strike
- Dockers have been waiting for nine days
- Nobody will count the ships that left

By ANN LEE
PUBLISHED: 11:43, 20 March 2023 | UPDATED: 12:01, 21 March 2023

e-mail
13
View comments

{P[0]}

{P[1]}"""
ARCHIVE = f"""General News of Monday, 20 March 2023

Source: www.harbour.example

Minister promises an end to the strike

{P[0]}

{P[1]}"""
PRESS = f"""Minister promises an end to the strike

The cranes will turn again before the winter comes.

From: Port Authority and The Rt Hon Ann Lee MP
Published 20 March 2023

{P[0]}

{P[1]}"""
FRONT = f"""Latest News - The Harbour Gazette

Minister promises an end to the strike
By Ann Lee, 3 March 2023
{P[0]}
Comments (4)

Astronomers find a galaxy, faint and far
By Bo Day, 2 March 2023
{P[2]}
Comments (27)"""
SIGNED = f"""Minister promises an end to the strike
{P[0]}
{P[1]}
— Ann Lee"""


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (LIVE, ["Live Updates: Strike in the harbour"]),
        (LIVE_ANALYSIS, ["Strike in the harbour: latest"]),
        (CHRONICLE, ["A short history of the strike"]),
        (EXPLAINER, ["Why is the harbour closed?"]),
        (GUARDIAN, ["Minister promises an end to the strike"]),
        (
            CATEGORY,
            [
                "Minister promises an end to the strike",
                "Astronomers find a galaxy, faint and far",
                "Cattle are sold early in the valley",
            ],
        ),
        (
            TEASERS,
            [
                "Minister promises an end to the strike",
                "Astronomers find a galaxy, faint and far",
                "Cattle are sold early as the reservoir falls",
            ],
        ),
        (NAVIGATION, ["Minister promises an end to the strike"]),
        (HEADLINES, HEADLINES.splitlines()),
        (READ_MORE, ["Minister promises an end to the strike"]),
        (POINTS, ["Minister promises an end to the strike"]),
        (ARCHIVE, ["Minister promises an end to the strike"]),
        (PRESS, ["Minister promises an end to the strike"]),
        (
            FRONT,
            ["Minister promises an end to the strike", "Astronomers find a galaxy, faint and far"],
        ),
        (TABLOID, ["EXCLUSIVE: Minister promises an end to the strike"]),
        (SIGNED, ["Minister promises an end to the strike"]),
        (f"{P[0]}\n\n{P[1]}", [None]),
    ],
    ids=[
        "live report",
        "live report with labels",
        "chronicle",
        "explainer",
        "standfirst without a full stop",
        "category",
        "teasers",
        "navigation",
        "headlines",
        "links under a full article",
        "list of points",
        "archive",
        "press release",
        "front page",
        "tabloid",
        "signed",
        "bare prose",
    ],
)
def test_pages_of_every_kind_are_cut_as_an_editor_would(
    text: str, titles: list[str | None]
) -> None:
    articles = split(Page(name="page", location="page", sha256="", text=text))
    assert [article.title for article in articles] == titles


def test_authors_stand_where_each_kind_of_page_names_them() -> None:
    def authors(text: str) -> list[list[str]]:
        articles = split(Page(name="page", location="page", sha256="", text=text))
        return [[byline.name for byline in article.bylines] for article in articles]

    assert authors(GUARDIAN) == [["Ann Lee", "Bo Day"]]
    assert authors(CATEGORY) == [["Ann Lee"], ["Bo Day"], ["Ann Lee"]]
    assert authors(NAVIGATION) == [[]]
    assert authors(SIGNED) == [["Ann Lee"]]
    assert authors(f"{SIGNED[:-9]}\nAnn Lee is a senior fellow at the Port Institute.") == [
        ["Ann Lee"]
    ]


def test_furniture_at_the_foot_of_a_page_is_in_no_article() -> None:
    for text in (GUARDIAN, NAVIGATION, READ_MORE):
        (article,) = split(Page(name="page", location="page", sha256="", text=text))
        assert article.text.endswith(P[1])
        assert article.kind == "article"


def test_a_sentence_that_ends_in_a_quoted_question_is_no_headline() -> None:
    asking = (
        "The campaign of Lena Ortiz uses footage of Tom Stone asking, “Why are telescopes dear?”"
    )
    text = "\n\n".join(("Minister says the harbour will open\nBy Ann Lee", *P[:2], asking, *P[2:]))
    assert len(split(Page(name="page", location="page", sha256="", text=text))) == 1
