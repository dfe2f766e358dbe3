"""What both servers are asked: the same question in either's words, with drawn variables."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.graphql.generate import COUNTRIES, FIRST, WORDS

Variables = dict[str, Any]
_FIRST_DAY = dt.date(2015, 6, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: ``kind`` says which target it is held to."""

    name: str
    kind: str
    own: str
    peer: str
    draw: Callable[[random.Random], Variables]


def _article(draw: random.Random) -> Variables:
    return {"id": f"article/a{draw.randrange(20_000)}"}


def _person(draw: random.Random) -> Variables:
    return {"id": f"person/p{draw.randrange(2_000)}"}


def _outlet(draw: random.Random) -> Variables:
    return {"id": f"organization/outlet-{draw.randrange(100)}"}


def _country(draw: random.Random) -> Variables:
    index = draw.randrange(COUNTRIES)
    return {"id": f"country/{chr(65 + index // 26)}{chr(65 + index % 26)}"}


def _country_and_name(draw: random.Random) -> Variables:
    return {**_country(draw), "name": draw.choice(FIRST)}


def _day(draw: random.Random) -> Variables:
    return {"day": (_FIRST_DAY + dt.timedelta(days=draw.randrange(3_600))).isoformat()}


def _country_and_day(draw: random.Random) -> Variables:
    return {**_country(draw), **_day(draw)}


def _days(draw: random.Random, length: int) -> Variables:
    first = _FIRST_DAY + dt.timedelta(days=draw.randrange(3_000))
    return {"day": first.isoformat(), "end": (first + dt.timedelta(days=length)).isoformat()}


def _year(draw: random.Random) -> Variables:
    return _days(draw, 365)


def _few_days(draw: random.Random) -> Variables:
    return _days(draw, 3)


def _title_and_day(draw: random.Random) -> Variables:
    return {"title": draw.choice(WORDS)[0].upper(), **_day(draw)}


def _two_countries(draw: random.Random) -> Variables:
    return {**_country(draw), "other": _country(draw)["id"]}


def _outlet_and_day(draw: random.Random) -> Variables:
    return {**_outlet(draw), **_day(draw)}


def _outlet_and_year(draw: random.Random) -> Variables:
    return {**_outlet(draw), **_year(draw)}


NEWEST = "orderBy: [{published: DESC}, {id: ASC}]"
PEER_NEWEST = "sort: [{published: DESC}, {id: ASC}]"

QUESTIONS = (
    Question(
        name="article by id, 2 levels",
        kind="by id, counts",
        draw=_article,
        own="""query($id: ID!) { article(id: $id) { id title published
          writtenBy { nodes { id name } }
          statements { nodes { id text attributedTo { id name } } } } }""",
        peer="""query($id: ID!) { article: articles(where: {id: {eq: $id}}) { id title published
          writtenBy { id name } statements { id text attributedTo { id name } } } }""",
    ),
    Question(
        name="country, counts",
        kind="by id, counts",
        draw=_country,
        own="""query($id: ID!) { country(id: $id) { id name
          claims { totalCount } mentionedIn { totalCount } } }""",
        peer="""query($id: ID!) { country: countries(where: {id: {eq: $id}}) { id name
          claims: claimsConnection { aggregate { count { nodes } } }
          mentionedIn: mentionedInConnection { aggregate { count { nodes } } } } }""",
    ),
    Question(
        name="50 articles, 3 levels",
        kind="lists",
        draw=_day,
        own=f"""query($day: Date!) {{ articles(first: 50, where: {{published: {{lte: $day}}}},
          {NEWEST}) {{ nodes {{ id title published writtenBy {{ nodes {{ id name }} }}
          statements {{ nodes {{ id text attributedTo {{ id name }}
          about {{ nodes {{ iso2 name }} }} }} }} }} }} }}""",
        peer=f"""query($day: Date!) {{ articles(limit: 50, where: {{published: {{lte: $day}}}},
          {PEER_NEWEST}) {{ id title published writtenBy {{ id name }}
          statements {{ id text attributedTo {{ id name }} about {{ iso2 name }} }} }} }}""",
    ),
    Question(
        name="100 people by name, counts",
        kind="lists",
        draw=lambda draw: {"name": draw.choice(FIRST)},
        own="""query($name: String!) { people(first: 100, where: {name: {startsWith: $name}},
          orderBy: [{name: ASC}, {id: ASC}]) { nodes { id name articles { totalCount } } } }""",
        peer="""query($name: String!) { people(limit: 100, where: {name: {startsWith: $name}},
          sort: [{name: ASC}, {id: ASC}]) { id name
          articles: articlesConnection { aggregate { count { nodes } } } } }""",
    ),
    Question(
        name="statements about a country by a name",
        kind="filters, connections, deep walks",
        draw=_country_and_name,
        own=f"""query($id: ID!, $name: String!) {{ statements(first: 20, where: {{
          about: {{some: {{id: {{eq: $id}}}}}}, attributedTo: {{name: {{startsWith: $name}}}}}},
          {NEWEST}) {{ nodes {{ id text published attributedTo {{ id name }}
          statedIn {{ id title }} }} }} }}""",
        peer=f"""query($id: ID!, $name: String!) {{ statements(limit: 20, where: {{
          about: {{some: {{id: {{eq: $id}}}}}},
          attributedTo: {{some: {{name: {{startsWith: $name}}}}}}}}, {PEER_NEWEST}) {{
          id text published attributedTo {{ id name }} statedIn {{ id title }} }} }}""",
    ),
    Question(
        name="connection with total",
        kind="filters, connections, deep walks",
        draw=_country,
        own=f"""query($id: ID!) {{ statements(first: 20, where: {{
          about: {{some: {{id: {{eq: $id}}}}}}}}, {NEWEST}) {{ totalCount
          pageInfo {{ hasNextPage }}
          edges {{ node {{ id text published attributedTo {{ id name }} }} }} }} }}""",
        peer=f"""query($id: ID!) {{ statements: statementsConnection(first: 20, where: {{
          about: {{some: {{id: {{eq: $id}}}}}}}}, {PEER_NEWEST}) {{ totalCount
          pageInfo {{ hasNextPage }}
          edges {{ node {{ id text published attributedTo {{ id name }} }} }} }} }}""",
    ),
    Question(
        name="country, statements, speaker, statements",
        kind="filters, connections, deep walks",
        draw=_country,
        own="""query($id: ID!) { country(id: $id) { id
          statementsAbout(first: 10, orderBy: [{id: ASC}]) { nodes { id attributedTo { id name
          ... on Person { statements(first: 10, orderBy: [{id: ASC}]) { nodes { id text
          about { nodes { iso2 name } } } } } } } } } }""",
        peer="""query($id: ID!) { country: countries(where: {id: {eq: $id}}) { id
          statementsAbout(limit: 10, sort: [{id: ASC}]) { id attributedTo { id name
          statements(limit: 10, sort: [{id: ASC}]) { id text about { iso2 name } } } } } }""",
    ),
    Question(
        name="articles that cite an expert on a country",
        kind="filters, connections, deep walks",
        draw=_country_and_day,
        own=f"""query($id: ID!, $day: Date!) {{ articles(first: 20, where: {{
          mentions: {{some: {{id: {{eq: $id}}}}}}, citations: {{some: {{role: {{eq: EXPERT}}}}}},
          published: {{gte: $day}}}}, {NEWEST}) {{ nodes {{ id title
          citations {{ nodes {{ id of {{ id name }} }} }} }} }} }}""",
        peer=f"""query($id: ID!, $day: Date!) {{ articles(limit: 20, where: {{
          mentions: {{some: {{id: {{eq: $id}}}}}},
          citations: {{some: {{role: {{eq: "expert"}}}}}},
          published: {{gte: $day}}}}, {PEER_NEWEST}) {{ id title
          citations {{ id of {{ id name }} }} }} }}""",
    ),
    Question(
        name="articles that report nothing negated by a person",
        kind="filters, connections, deep walks",
        draw=_person,
        own=f"""query($id: ID!) {{ articles(first: 20, where: {{
          statements: {{some: {{attributedTo: {{id: {{eq: $id}}}}}},
          none: {{negated: {{eq: true}}}}}}}}, {NEWEST}) {{ totalCount
          edges {{ node {{ id title }} }} }} }}""",
        peer=f"""query($id: ID!) {{ articles: articlesConnection(first: 20, where: {{
          statements: {{some: {{attributedTo: {{some: {{id: {{eq: $id}}}}}}}},
          none: {{negated: {{eq: true}}}}}}}}, {PEER_NEWEST}) {{ totalCount
          edges {{ node {{ id title }} }} }} }}""",
    ),
    Question(
        name="outlet, articles, authors, articles",
        kind="filters, connections, deep walks",
        draw=_outlet,
        own=f"""query($id: ID!) {{ outlet(id: $id) {{ id name
          articles(first: 10, {NEWEST}) {{ nodes {{ id writtenBy {{ nodes {{ id name
          articles(first: 5, {NEWEST}) {{ nodes {{ id title }} }} }} }} }} }} }} }}""",
        peer=f"""query($id: ID!) {{ outlet: outlets(where: {{id: {{eq: $id}}}}) {{ id name
          articles(limit: 10, {PEER_NEWEST}) {{ id writtenBy {{ id name
          articles(limit: 5, {PEER_NEWEST}) {{ id title }} }} }} }} }}""",
    ),
    Question(
        name="1,000 articles, 3 levels",
        kind="1,000 articles",
        draw=_day,
        own=f"""query($day: Date!) {{ articles(first: 1000, where: {{published: {{lte: $day}}}},
          {NEWEST}) {{ nodes {{ id title published writtenBy {{ nodes {{ id name }} }}
          statements {{ nodes {{ id text attributedTo {{ id name }}
          about {{ nodes {{ iso2 name }} }} }} }} }} }} }}""",
        peer=f"""query($day: Date!) {{ articles(limit: 1000, where: {{published: {{lte: $day}}}},
          {PEER_NEWEST}) {{ id title published writtenBy {{ id name }}
          statements {{ id text attributedTo {{ id name }} about {{ iso2 name }} }} }} }}""",
    ),
    Question(
        name="newest negated statements since a day",
        kind="sorted, with a range and a filter",
        draw=_day,
        own=f"""query($day: Date!) {{ statements(first: 30, where: {{
          negated: {{eq: true}}, published: {{gte: $day}}}}, {NEWEST}) {{
          nodes {{ id text published attributedTo {{ id name }} }} }} }}""",
        peer=f"""query($day: Date!) {{ statements(limit: 30, where: {{
          negated: {{eq: true}}, published: {{gte: $day}}}}, {PEER_NEWEST}) {{
          id text published attributedTo {{ id name }} }} }}""",
    ),
    Question(
        name="oldest direct statements until a day",
        kind="sorted, with a range and a filter",
        draw=_day,
        own="""query($day: Date!) { statements(first: 30, where: {
          kind: {eq: DIRECT}, published: {lte: $day}}, orderBy: [{published: ASC}, {id: DESC}]) {
          nodes { id text published statedIn { id title } } } }""",
        peer="""query($day: Date!) { statements(limit: 30, where: {
          kind: {eq: "direct"}, published: {lte: $day}}, sort: [{published: ASC}, {id: DESC}]) {
          id text published statedIn { id title } } }""",
    ),
    Question(
        name="statements of a year by a cue that all have",
        kind="sorted, with a range and a filter",
        draw=_year,
        own=f"""query($day: Date!, $end: Date!) {{ statements(first: 30, where: {{
          cue: {{eq: "said"}}, hedged: {{eq: false}},
          published: {{gte: $day, lt: $end}}}}, {NEWEST}) {{
          nodes {{ id text published }} }} }}""",
        peer=f"""query($day: Date!, $end: Date!) {{ statements(limit: 30, where: {{
          cue: {{eq: "said"}}, hedged: {{eq: false}},
          published: {{gte: $day, lt: $end}}}}, {PEER_NEWEST}) {{
          id text published }} }}""",
    ),
    Question(
        name="articles whose title begins so, since a day",
        kind="sorted, with a range and a filter",
        draw=_title_and_day,
        own="""query($title: String!, $day: Date!) { articles(first: 30, where: {
          title: {startsWith: $title}, published: {gte: $day}},
          orderBy: [{title: ASC}, {id: ASC}]) {
          nodes { id title published } } }""",
        peer="""query($title: String!, $day: Date!) { articles(limit: 30, where: {
          title: {startsWith: $title}, published: {gte: $day}}, sort: [{title: ASC}, {id: ASC}]) {
          id title published } }""",
    ),
    Question(
        name="people whose name begins so, with negated statements",
        kind="sorted, with a range and a filter",
        draw=lambda draw: {"name": draw.choice(FIRST)[0]},
        own="""query($name: String!) { people(first: 30, where: {name: {startsWith: $name},
          statements: {some: {negated: {eq: true}}}}, orderBy: [{name: DESC}, {id: ASC}]) {
          nodes { id name } } }""",
        peer="""query($name: String!) { people(limit: 30, where: {name: {startsWith: $name},
          statements: {some: {negated: {eq: true}}}}, sort: [{name: DESC}, {id: ASC}]) {
          id name } }""",
    ),
    Question(
        name="statements by id, of a few days",
        kind="sorted, with a range and a filter",
        draw=_few_days,
        own="""query($day: Date!, $end: Date!) { statements(first: 30, where: {
          published: {gte: $day, lt: $end}, negated: {eq: false}}, orderBy: [{id: DESC}]) {
          nodes { id text published } } }""",
        peer="""query($day: Date!, $end: Date!) { statements(limit: 30, where: {
          published: {gte: $day, lt: $end}, negated: {eq: false}}, sort: [{id: DESC}]) {
          id text published } }""",
    ),
    Question(
        name="statements by kind, then newest",
        kind="sorted, other shapes",
        draw=_day,
        own="""query($day: Date!) { statements(first: 30, where: {published: {gte: $day}},
          orderBy: [{kind: ASC}, {published: DESC}, {id: ASC}]) {
          nodes { id published } } }""",
        peer="""query($day: Date!) { statements(limit: 30, where: {published: {gte: $day}},
          sort: [{kind: ASC}, {published: DESC}, {id: ASC}]) {
          id published } }""",
    ),
    Question(
        name="negated or quoted, about neither of two countries",
        kind="sorted, other shapes",
        draw=_two_countries,
        own=f"""query($id: ID!, $other: ID!) {{ statements(first: 30, where: {{
          or: [{{negated: {{eq: true}}}}, {{kind: {{eq: DIRECT}}}}],
          about: {{none: {{id: {{in: [$id, $other]}}}}}}}}, {NEWEST}) {{
          nodes {{ id published about {{ nodes {{ iso2 }} }} }} }} }}""",
        peer=f"""query($id: ID!, $other: ID!) {{ statements(limit: 30, where: {{
          OR: [{{negated: {{eq: true}}}}, {{kind: {{eq: "direct"}}}}],
          about: {{none: {{id: {{in: [$id, $other]}}}}}}}}, {PEER_NEWEST}) {{
          id published about {{ iso2 }} }} }}""",
    ),
    Question(
        name="claims about two countries at once",
        kind="sorted, other shapes",
        draw=_two_countries,
        own="""query($id: ID!, $other: ID!) { claims(first: 30, where: {and: [
          {about: {some: {id: {eq: $id}}}}, {about: {some: {id: {eq: $other}}}}]},
          orderBy: [{id: ASC}]) { totalCount edges { node { id text } } } }""",
        peer="""query($id: ID!, $other: ID!) { claims: claimsConnection(first: 30, where: {AND: [
          {about: {some: {id: {eq: $id}}}}, {about: {some: {id: {eq: $other}}}}]},
          sort: [{id: ASC}]) { totalCount edges { node { id text } } } }""",
    ),
    Question(
        name="experts cited by an outlet since a day",
        kind="sorted, other shapes",
        draw=_outlet_and_day,
        own="""query($id: ID!, $day: Date!) { citations(first: 30, where: {
          role: {eq: EXPERT}, inArticle: {published: {gte: $day},
          publishedBy: {id: {eq: $id}}}}, orderBy: [{id: ASC}]) {
          nodes { id of { id name } inArticle { id title } } } }""",
        peer="""query($id: ID!, $day: Date!) { citations(limit: 30, where: {
          role: {eq: "expert"}, inArticle: {some: {published: {gte: $day},
          publishedBy: {some: {id: {eq: $id}}}}}}, sort: [{id: ASC}]) {
          id of { id name } inArticle { id title } } }""",
    ),
    Question(
        name="an outlet's articles of a year that nobody denies anything in",
        kind="sorted, other shapes",
        draw=_outlet_and_year,
        own=f"""query($id: ID!, $day: Date!, $end: Date!) {{ outlet(id: $id) {{ id
          articles(first: 30, where: {{published: {{gte: $day, lt: $end}},
          statements: {{none: {{negated: {{eq: true}}}}}}}}, {NEWEST}) {{
          nodes {{ id title published }} }} }} }}""",
        peer=f"""query($id: ID!, $day: Date!, $end: Date!) {{
          outlet: outlets(where: {{id: {{eq: $id}}}}) {{ id
          articles(limit: 30, where: {{published: {{gte: $day, lt: $end}},
          statements: {{none: {{negated: {{eq: true}}}}}}}}, {PEER_NEWEST}) {{
          id title published }} }} }}""",
    ),
)

TARGETS = {
    "by id, counts": (0.6, 2.0),
    "lists": (0.3, 3.5),
    "filters, connections, deep walks": (0.10, 12.0),
    "1,000 articles": (0.35, 1.0),
    "sorted, with a range and a filter": (0.5, 1.0),
    "sorted, other shapes": (0.5, 1.0),
}
"""By kind: at most this part of the peer's median time, at least this many times its requests."""
