"""The senses of cue words: the same verb attributes with one object and acts with another."""

from collections.abc import Callable

import pytest

from loader.extract.components.annotations import Attribution

Find = Callable[..., tuple[str, tuple[Attribution, ...]]]

ACTS = [
    "In the 62nd minute Ottilie Marsh conceded a penalty which the referee awarded Sylvania.",
    "The home side conceded two goals in the first half.",
    "The champion conceded the first set after an hour.",
    "The team was denied visas to enter Sylvania until last week.",
    "Two sailors were denied entry to the port.",
    "The clinic denied treatment to three patients.",
    'The team named their robot "Robo".',
    "The couple called their daughter Ilse.",
    'Engineers nicknamed the engine "Old Bess".',
    "Ottilie Marsh shared a room with her sister.",
    "The brothers shared the prize of two million crowns.",
    "The two towns share a border and a fire brigade.",
    "After calling the embassy by phone to speak with his mother, Pavel Hron went home.",
    "She called the police and waited at the gate.",
    "He phoned his lawyer from the station.",
    "Police arrested and questioned the student.",
    "Detectives questioned three men about the fire.",
    "The study was supported by the Ortega Foundation and the Park Service.",
    "The roof is supported by four iron pillars.",
    "The festival is backed by the city and two banks.",
    "Ottilie Marsh is holding a copy of the book Blown Away, written by Ivo Marko.",
    "The opera, composed by Ivo Marko and told in three acts, opens in May.",
    'Ottilie Marsh pointed to the table with soup served with "electric" juice.',
    "He pointed at the ship in the harbour.",
    "A member of the elite group called the Sea Guard left the house.",
    "The ferry, named the Blue Heron, sank in May.",
    "A disease known as marsh fever spread in the valley.",
    "A condition characterised by severe pain occurs in winter.",
    "The style is characterised by thick walls and small windows.",
    "Ottilie Marsh heard of the incident and went to the harbour.",
    "She learned of the job from a neighbour.",
    "The Harbour Society was founded by Anna Orlik to encourage interest in boats.",
    "The fund was set up to promote trade with the north.",
    "The map detailed the paths across the marsh.",
    "The chart shows the depth of the lake.",
    "The minister promoted a new campaign for clean rivers.",
    "The club promoted two young players to the first team.",
    "The programme encourages galleries to lend pictures.",
    "The new law encourages firms to hire apprentices.",
    "Hackers attack Ministry of Fish website",
    "Rebels attacked the village at dawn.",
    "Troops blasted a hole in the wall.",
    "The captain ordered members out of the hall.",
    "The judge ordered a retrial.",
    "The company rejected a new offer from its rival.",
    "The union accepted the offer.",
    "The ministry declined to comment.",
    "A spokesman declined to comment on the case.",
    "The firm did not respond to a request for comment.",
    "The firm recalled 3,000 cars in May.",
    "The king declared war on his neighbour.",
    "She presented the trophy to the winners.",
    "He introduced the guests to his wife.",
    "The museum unveiled a statue of the painter.",
    "The keeper defended his goal with skill.",
    "He defended his title in May.",
    "The trust welcomed 40,000 visitors last year.",
    "The army defended the bridge for three days.",
    "The mayor was listed as a passenger.",
    "He was charged with theft.",
    "The team dismissed its coach on Monday.",
    "The bishop addressed the crowd in the square.",
    "The nurse examined the boy.",
    "The village celebrated the return of the storks.",
    "The museum maintains a library of charts.",
    "The crew responded to the mother of the boy.",
    # Skills, and answers that are left open.
    "The children learned to swim in the lake.",
    "Her uncle never knew how to mend a net.",
    "By noon the sergeant knew who had taken the boat.",
    "The twins discovered where their mother had been born.",
    "The skipper did not know how to swim.",
    "He found himself alone on the pier.",
    # Who wrote a work.
    "By then Marsh knew who had written it, and the choir named it “the song of songs.”",
    "The twins had written it with “a heart full of rain.”",
    "Ada Marsh wrote “The Long River” in 1901.",
    # Nobody's: "it" that fills a place, participles without a subject, the author's caution.
    "Considering how well the ferry runs, it is likely to be copied.",
    "Wondering what to cook tonight? Start with an onion.",
    "Thinking about how old the bridge is? Ask the engineers.",
    "The tale appears to have been made up.",
    "The truth seems to be rather different.",
    "The answer turns out to be simple.",
    # Letters: neither who is written to nor who reads speaks.
    "A harbour column\n\nDEAR MARGE: My sister has kept my boat. It is blue.",
    "A harbour column\n\nDEAR STUCK AT SEA: Call her today. She owes you a boat.",
    "A harbour column\n\nDEAR SECOND BEST: Tell her how you feel.",
    # Things that do not speak.
    "The ballad does not refer to a ship.",
    "The old paths revealed a calmer side of the town.",
    "The new costumes revealed a softer side.",
    "Some people are passionate about it.",
    "The plan fits with another announced by the council in March.",
    "The mayor spoke of it. Marsh is worried about that.",
    # The aim of what is done, its outcome, what is still to be found out.
    "To confirm the link, Marsh ordered a second set of nets.",
    "The crew used ropes to maintain a “minimum level” of water.",
    "The lamp warns sailors at night, highlighting rocks near the shore.",
    "The tides will determine how long the boats can stay.",
    "It took weeks to figure out why the lamp had gone out.",
    # The writer's own judgement, in impersonal words.
    "It is clear that the harbour is full.",
    "It became evident that the wall would fall.",
    "It made sense that the boats were moved.",
    "It was unclear whether the ferry would sail.",
    # What is told of, and what is made sure.
    "Unlike other visits, it was not announced to the press.",
    "The guards make sure the gate is shut.",
    "You should be worried if the water is brown.",
    "Words cannot describe how cold the harbour was.",
    "The slogan drew criticism at once.",
    "The harbour, dubbed the “Cold Gate” by sailors, froze.",
    "Under the arch stood the third witness testifying who had been at the mill.",
    "Never urged the crew to sail",
    # What anybody may come to say; who is held to be something by nobody named.
    "People will ask you to mend their nets.",
    "Let’s hope we see more of the boats.",
    "The law would impose a ban on sailors deemed responsible for the wreck.",
    "The nets, intended to hold “the biggest fish”, were torn.",
    "The coach rebuffed a two-year offer from Hoverton.",
    "The bank spurned and declined permission for the sale.",
    "Rioters attacked bars and galleries in the old town.",
    "The lighthouse keeper declined to be interviewed.",
    "The printer refuses to start in the cold.",
    "The back door refuses to open.",
    "The seam is known to fail after a hard winter.",
    "The charter makes no mention of the marsh.",
    "The treaty has no reference to the strait.",
    "The ballad will stay in your mind when nights grow long.",
    "The show threw dust in the public's eyes.",
    "Anna Orlik did as she had promised and left at noon.",
    "The crew behaved as though they said a prayer.",
    "The slow start suggests that the side lacks a striker.",
    "Simple sums indicate that the fund lost twice a year.",
    "The quarrel should explain why the hall is empty.",
    "The row over the quay is raising questions about the lease.",
    "None of this is to say that the harbour is lost.",
    "The farmers were given a chance to criticise the dam.",
    "Their attack on the port lasted until dawn.",
    "The port is busy, considering it is May.",
    "The crew showed off its skill.",
    "The keeper showed his rivals no mercy.",
    "The team shows every sign of fatigue.",
    "And speaking of boats, Hoverton is also selling a ferry.",
    "Ada Lind was furious with Pavel Hron.",
    "It reached a level which is considered to be high.",
    "Ada Lind was quick to learn the trade.",
    "The firm supports opportunities for young sailors.",
    "Send a card next time someone asks if the ferry runs.",
    "If the club thinks it can win, it has to train.",
    "It concerns anyone who knows that the well is dry.",
]

STATEMENTS = [
    "The club conceded that the pitch was too wet.",
    "The bank denied any wrongdoing.",
    "The firm denied the charges.",
    "The mayor called the plan a disgrace.",
    "He called for a new vote.",
    "Experts questioned the results of the trial.",
    "The union backed the ban on night work.",
    "Critics attacked the plan as a waste of money.",
    "The report detailed the failures of the agency.",
    "The board rejected the claims as baseless.",
    "The mayor urged residents to stay at home.",
    "The judge ordered the firm to pay two million crowns.",
    "Doctors encourage parents to vaccinate their children.",
    "The coach praised the work of his players.",
    "She described the storm as the worst in years.",
    "Farmers oppose the new tax on water.",
    "He compared the harbour to a prison.",
    "The union accused the firm of breaking the deal.",
    "Scientists linked the disease to a fungus.",
    "The governor defended the decision to close the school.",
    "The court dismissed the claim that the vote was rigged.",
    "Marsh learned that the bridge was to be sold.",
    "The police do not know who took the boat.",
    "Wondering why the lamp had gone out, the keeper asked his son.",
    "The mayor revealed a plan for a second bridge.",
    "The report refers to a leak in the pipe.",
    "Ada Marsh wrote “the river was too long” in her diary.",
    "Ada Marsh, who said that the river was long, wrote a book.",
    "Many are passionate about the old harbour.",
    "Marsh called to say that the boat had gone.",
    "The minister came to discuss the price of fish.",
    "The tests will show that the water is clean.",
    "The mayor made clear that the gate was shut.",
    "The keeper fears a long strike.",
    "The union protested the sale of the harbour.",
    "The council signaled willingness to change the law.",
    "Marsh disputed the notion that the wall had fallen.",
    "The video prompted residents to argue that the wall was weak.",
    "The keeper rebuffed the accusation.",
    "The keeper declined to say who had called.",
    "The sailors refuse to work on Sundays.",
    "In her eyes, the plan is a disgrace.",
    "The farmers suggest that the river is dying.",
    "The latest figures indicate that prices will fall.",
    "The film explains how the harbour was built.",
    "Ten percent indicated that they were not sure.",
    "The mayor is raising questions about the lease.",
    "Anna Orlik's attack on the plan came at noon.",
    "We are told there is a leak in the roof.",
    "Speaking of the flood, Anna Orlik said the dam had held.",
    'Ilse Marsh reportedly asked, "Why would we stop?"',
    "The minister vowed, as she had in May, that taxes would fall.",
    "She was quick to point out that the wall had moved.",
    "The union was furious about the sale.",
    "The study shows how the drug works.",
    "The mayor considered the plan a disgrace.",
    "Someone asked whether the ferry runs.",
    "If the price falls, the club said, it would sell.",
]


@pytest.mark.parametrize("text", ACTS)
def test_what_somebody_does_is_no_statement(find: Find, text: str) -> None:
    _, found = find(text)
    assert found == ()


@pytest.mark.parametrize("text", STATEMENTS)
def test_what_somebody_says_of_a_matter_is_a_statement(find: Find, text: str) -> None:
    _, found = find(text)
    assert len(found) == 1


def test_who_opposes_a_matter_denies_nothing(find: Find) -> None:
    for text, denied in (
        ("Sylvania opposed the invasion.", False),
        ("The farmers oppose the dam.", False),
        ("The farmers denied the charges.", True),
        ("The board rejected the claim that the wall had fallen.", True),
    ):
        _, (statement, *_) = find(text)
        assert statement.denied is denied


def test_a_semicolon_parts_what_is_shown(find: Find) -> None:
    for text, words in (
        ("The ministry drew two maps; both suggest that the lake has grown.", "the lake has grown"),
        ("The port closed in May; the owners say that it will open.", "it will open"),
    ):
        text, (statement,) = find(text)
        assert [text[slice(*part)] for part in statement.content] == [words]


def test_a_passive_keeps_no_subject_that_is_told(find: Find) -> None:
    text, (statement,) = find("We're told there is a film of the theft.")
    assert [text[slice(*part)] for part in statement.content] == ["there is a film of the theft"]


def test_the_title_of_a_book_is_not_said(find: Find) -> None:
    text, (statement,) = find(
        "In her book “A House of Reeds: The Long Way Back to the Valley of Winds,” Lena Ortiz "
        "wrote that people find comfort in storms."
    )
    assert [text[slice(*part)] for part in statement.content] == ["people find comfort in storms"]


@pytest.mark.parametrize(
    "opening",
    ["Lena Ortiz said the following.", "Later the keeper, Lena Ortiz, told the crew this."],
)
def test_a_block_belongs_to_whom_the_words_before_point_at(find: Find, opening: str) -> None:
    block = "“We saw the cracks in May. Nobody listened to us.”"
    text, found = find(f"Sylvanian Radio reported that the dam had burst. {opening}\n\n{block}")
    (said,) = [each for each in found if text[each.content[0][0]] == "“"]
    assert said.source is not None
    assert "Ortiz" in text[slice(*said.source)]


def test_a_phrase_between_dashes_tells_what_stands_between_them(find: Find) -> None:
    text, (statement,) = find(
        "The mayor built a wing — the work cost two million, according to Ada Lind — and sold it."
    )
    assert [text[slice(*part)] for part in statement.content] == ["the work cost two million"]


def test_the_occasion_of_telling_is_no_part_of_who_or_what(find: Find) -> None:
    for occasion in ("in an interview", "in a statement", "in an email"):
        text, (statement,) = find(f"The plan is dead, according to Ada Lind {occasion}.")
        assert statement.source is not None
        assert text[slice(*statement.source)] == "Ada Lind"
        assert [text[slice(*part)] for part in statement.content] == ["The plan is dead"]
