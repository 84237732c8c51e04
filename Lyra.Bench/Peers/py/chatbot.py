# a rule-based chat bot in n conversations: patterns with wildcards, remembered facts, replies built from templates
import re

SYNONYMS = {
    "hi": "hello", "hey": "hello", "love": "like", "enjoy": "like", "adore": "like", "bye": "goodbye", "mum": "mother",
    "dad": "father", "never": "always", "colour": "color",
}
REFLECTIONS = {
    "i": "you", "me": "you", "my": "your", "am": "are", "mine": "yours", "you": "I", "your": "my", "myself": "yourself",
}


def sentences(text):
    """The words of each sentence of a text."""
    for sentence in re.split("[.!?]", text.lower().replace("i'm", "i am")):
        words = sentence.replace(",", " ").split()
        if words:
            yield [SYNONYMS.get(word, word) for word in words]


def capture(pattern, words, p=0, w=0):
    """The words that the wildcards of a pattern stand for, or None; a wildcard stands for one word or more."""
    if p == len(pattern):
        return [] if w == len(words) else None
    if pattern[p] == "*":
        for end in range(w + 1, len(words) + 1):
            others = capture(pattern, words, p + 1, end)
            if others is not None:
                return [words[w:end], *others]
        return None
    if w == len(words) or pattern[p] != words[w]:
        return None
    return capture(pattern, words, p + 1, w + 1)


def reflect(words):
    return " ".join(REFLECTIONS.get(word, word) for word in words)


def say(*templates):
    """An answer that takes one template after the other."""
    count = 0

    def answer(bot, captures):
        nonlocal count
        count += 1
        return templates[(count - 1) % len(templates)]

    return answer


def remember(bot, captures):
    topic = " ".join(captures[0])
    value = reflect(captures[1])
    known = bot.facts.get(topic)
    bot.facts[topic] = value
    if known is None:
        return "so your {1} is {2}, {name|my friend}."
    if known == value:
        return "you have told me that, {name|my friend}."
    return "i thought that your {1} was " + known + "."


def recall(bot, captures):
    known = bot.facts.get(" ".join(captures[0]))
    return "you never told me about your {1}." if known is None else "your {1} is " + known + ", isn't it?"


def forget(bot, captures):
    return "forgotten." if bot.facts.pop(" ".join(captures[0]), None) else "i know nothing about your {1}."


def summarize(bot, captures):
    if not bot.facts:
        return "i know nothing about you."
    return f"i know about your {', your '.join(sorted(bot.facts))}."


def make_rules():
    rules = [
        ("hello", say("hello, {name|stranger}.", "how are you, {name|stranger}?", "we have met.")),
        ("hello *", say("hello! who is {1}?", "hello to you.")),
        ("my * is *", remember),
        ("what is my *", recall),
        ("forget my *", forget),
        ("what do you know *", summarize),
        ("i am * because *", say("would you be {1} if not {2}?", "is it only because {2}?")),
        ("i am *", say("how long have you been {1}?", "do you like to be {1}?", "are your {mother|parents} {1} too?")),
        ("i like * and *", say("what is better, {1} or {2}?", "i like {2}, too.")),
        ("i like * more than *", say("is {2} so bad?", "{1} would be nothing for me, {name|my friend}.")),
        ("i like *", say("what do you like about {1}?", "does your {dog|neighbour} like {1}?")),
        ("do you * me", say("why should i {1} you?", "i {1} everybody.")),
        ("do you *", say("i {1} now and then.", "do you {1}?")),
        ("* always *", say("always?", "can you think of one time when {1} did not {2}?")),
        ("* you * me *", say("why do you think that i {2} you {3}?")),
        ("* because *", say("is that the reason?", "what else could be because {2}?")),
        ("goodbye *", say("goodbye, {name|stranger}. greet your {dog|cat}.")),
        ("*", say("please go on.", "what does {1} mean?", "let us speak of your {job|family}.", "i see.")),
    ]
    return [(pattern.split(), answer) for pattern, answer in rules]


class Bot:
    def __init__(self, rules):
        self.rules = rules
        self.facts = {}

    def fill(self, template, captures):
        """Puts captured words in the place of {1} and facts, or what follows the bar, in that of {name|default}."""
        def fill_hole(match):
            name, bar, fallback = match[1].partition("|")
            return self.facts.get(name, fallback) if bar else reflect(captures[int(name) - 1])

        return re.sub(r"\{(.*?)\}", fill_hole, template)

    def answer(self, words):
        for pattern, answer in self.rules:
            captures = capture(pattern, words)
            if captures is not None:
                text = self.fill(answer(self, captures), captures)
                return text[0].upper() + text[1:]

    def reply(self, text):
        return " ".join(self.answer(words) for words in sentences(text))


TOPICS = ["name", "dog", "job", "mum", "favourite colour", "car", "oldest friend"]
VALUES = ["Robin", "dark red", "a teacher of music", "very old, but happy", "afraid of my neighbour", "lost", "Max"]
THINGS = ["green tea", "rainy days", "chess", "my garden", "old films", "you", "long walks with my dog"]
PEOPLE = ["my brother", "everyone", "the man next door", "you", "nobody at work"]


def make_input(random):
    def pick(items):
        return items[random(len(items))]

    match random(13):
        case 0:
            return "Hi!"
        case 1:
            return f"Hey {pick(PEOPLE)}. I'm {pick(VALUES)}."
        case 2 | 3 | 4:
            return f"My {pick(TOPICS)} is {pick(VALUES)}."
        case 5:
            return f"What is my {pick(TOPICS)}? I am {pick(VALUES)}, because my {pick(TOPICS)} is {pick(VALUES)}."
        case 6:
            return f"I love {pick(THINGS)} and {pick(THINGS)}. Do you like {pick(THINGS)}?"
        case 7:
            return f"I enjoy {pick(THINGS)} more than {pick(THINGS)}!"
        case 8:
            return f"{pick(PEOPLE)} always told me about {pick(THINGS)}."
        case 9:
            return f"Well, {pick(PEOPLE)} said you told me to like {pick(THINGS)}. Do you hear me?"
        case 10:
            return f"What do you know about me? Forget my {pick(TOPICS)}!"
        case 11:
            return f"{pick(PEOPLE)} went away because of {pick(THINGS)}, and I adore {pick(THINGS)}."
        case _:
            return f"Bye for now, I think of {pick(THINGS)}."


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    total = 0
    for _ in range(n):
        bot = Bot(make_rules())
        for _ in range(25):
            for c in bot.reply(make_input(random)):
                total = (total * 31 + ord(c)) % 1000000007
    return total
