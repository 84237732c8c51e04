using System.Text;

// a rule-based chat bot in n conversations: patterns with wildcards, remembered facts, replies built from templates
static class ChatBot
{
    static readonly Dictionary<string, string> Synonyms = new()
    {
        ["hi"] = "hello", ["hey"] = "hello", ["love"] = "like", ["enjoy"] = "like", ["adore"] = "like", ["bye"] = "goodbye",
        ["mum"] = "mother", ["dad"] = "father", ["never"] = "always", ["colour"] = "color",
    };

    static readonly Dictionary<string, string> Reflections = new()
    {
        ["i"] = "you", ["me"] = "you", ["my"] = "your", ["am"] = "are", ["mine"] = "yours", ["you"] = "I", ["your"] = "my",
        ["myself"] = "yourself",
    };

    delegate string Answer(Bot bot, List<string[]> captures);

    sealed record Rule(string[] Pattern, Answer Answer);

    // The words of each sentence of a text.
    static IEnumerable<string[]> Sentences(string text) =>
        text.ToLowerInvariant().Replace("i'm", "i am").Split('.', '!', '?')
            .Select(sentence => sentence.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)
            .Select(words => words.Select(word => Synonyms.GetValueOrDefault(word, word)).ToArray());

    // The words that the wildcards of a pattern stand for, or null; a wildcard stands for one word or more.
    static List<string[]>? Capture(string[] pattern, string[] words, int p = 0, int w = 0)
    {
        if (p == pattern.Length) return w == words.Length ? [] : null;
        if (pattern[p] == "*")
        {
            for (int end = w + 1; end <= words.Length; end++)
            {
                var others = Capture(pattern, words, p + 1, end);
                if (others != null) return [words[w..end], .. others];
            }
            return null;
        }
        if (w == words.Length || pattern[p] != words[w]) return null;
        return Capture(pattern, words, p + 1, w + 1);
    }

    static string Reflect(string[] words) => string.Join(' ', words.Select(word => Reflections.GetValueOrDefault(word, word)));

    // An answer that takes one template after the other.
    static Answer Say(params string[] templates)
    {
        int count = 0;
        return (bot, captures) => templates[count++ % templates.Length];
    }

    static string Remember(Bot bot, List<string[]> captures)
    {
        string topic = string.Join(' ', captures[0]);
        string value = Reflect(captures[1]);
        string? known = bot.Facts.GetValueOrDefault(topic);
        bot.Facts[topic] = value;
        if (known == null) return "so your {1} is {2}, {name|my friend}.";
        if (known == value) return "you have told me that, {name|my friend}.";
        return $"i thought that your {{1}} was {known}.";
    }

    static string Recall(Bot bot, List<string[]> captures) =>
        bot.Facts.TryGetValue(string.Join(' ', captures[0]), out string? known)
            ? $"your {{1}} is {known}, isn't it?"
            : "you never told me about your {1}.";

    static string Forget(Bot bot, List<string[]> captures) =>
        bot.Facts.Remove(string.Join(' ', captures[0])) ? "forgotten." : "i know nothing about your {1}.";

    static string Summarize(Bot bot, List<string[]> captures)
    {
        if (bot.Facts.Count == 0) return "i know nothing about you.";
        return $"i know about your {string.Join(", your ", bot.Facts.Keys.Order(StringComparer.Ordinal))}.";
    }

    static List<Rule> MakeRules()
    {
        static Rule Rule(string pattern, Answer answer) => new(pattern.Split(' '), answer);
        return
        [
            Rule("hello", Say("hello, {name|stranger}.", "how are you, {name|stranger}?", "we have met.")),
            Rule("hello *", Say("hello! who is {1}?", "hello to you.")),
            Rule("my * is *", Remember),
            Rule("what is my *", Recall),
            Rule("forget my *", Forget),
            Rule("what do you know *", Summarize),
            Rule("i am * because *", Say("would you be {1} if not {2}?", "is it only because {2}?")),
            Rule("i am *", Say("how long have you been {1}?", "do you like to be {1}?", "are your {mother|parents} {1} too?")),
            Rule("i like * and *", Say("what is better, {1} or {2}?", "i like {2}, too.")),
            Rule("i like * more than *", Say("is {2} so bad?", "{1} would be nothing for me, {name|my friend}.")),
            Rule("i like *", Say("what do you like about {1}?", "does your {dog|neighbour} like {1}?")),
            Rule("do you * me", Say("why should i {1} you?", "i {1} everybody.")),
            Rule("do you *", Say("i {1} now and then.", "do you {1}?")),
            Rule("* always *", Say("always?", "can you think of one time when {1} did not {2}?")),
            Rule("* you * me *", Say("why do you think that i {2} you {3}?")),
            Rule("* because *", Say("is that the reason?", "what else could be because {2}?")),
            Rule("goodbye *", Say("goodbye, {name|stranger}. greet your {dog|cat}.")),
            Rule("*", Say("please go on.", "what does {1} mean?", "let us speak of your {job|family}.", "i see.")),
        ];
    }

    sealed class Bot(List<Rule> rules)
    {
        public Dictionary<string, string> Facts { get; } = new();

        // Puts captured words in the place of {1} and facts, or what follows the bar, in that of {name|default}.
        string Fill(string template, List<string[]> captures)
        {
            var result = new StringBuilder();
            int at = 0;
            for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', at))
            {
                int close = template.IndexOf('}', open);
                string hole = template[(open + 1)..close];
                result.Append(template[at..open]);
                if (hole.Split('|') is [var name, var fallback])
                {
                    result.Append(Facts.GetValueOrDefault(name, fallback));
                }
                else
                {
                    result.Append(Reflect(captures[int.Parse(hole) - 1]));
                }
                at = close + 1;
            }
            return result.Append(template[at..]).ToString();
        }

        string Answer(string[] words)
        {
            foreach (var rule in rules)
            {
                if (Capture(rule.Pattern, words) is { } captures)
                {
                    string text = Fill(rule.Answer(this, captures), captures);
                    return char.ToUpperInvariant(text[0]) + text[1..];
                }
            }
            throw new InvalidOperationException("no rule matches");
        }

        public string Reply(string text) => string.Join(' ', Sentences(text).Select(Answer));
    }

    static readonly string[] Topics = ["name", "dog", "job", "mum", "favourite colour", "car", "oldest friend"];
    static readonly string[] Values =
        ["Robin", "dark red", "a teacher of music", "very old, but happy", "afraid of my neighbour", "lost", "Max"];
    static readonly string[] Things = ["green tea", "rainy days", "chess", "my garden", "old films", "you", "long walks with my dog"];
    static readonly string[] People = ["my brother", "everyone", "the man next door", "you", "nobody at work"];

    static string MakeInput(Func<int, int> random)
    {
        string Pick(string[] items) => items[random(items.Length)];
        return random(13) switch
        {
            0 => "Hi!",
            1 => $"Hey {Pick(People)}. I'm {Pick(Values)}.",
            < 5 => $"My {Pick(Topics)} is {Pick(Values)}.",
            5 => $"What is my {Pick(Topics)}? I am {Pick(Values)}, because my {Pick(Topics)} is {Pick(Values)}.",
            6 => $"I love {Pick(Things)} and {Pick(Things)}. Do you like {Pick(Things)}?",
            7 => $"I enjoy {Pick(Things)} more than {Pick(Things)}!",
            8 => $"{Pick(People)} always told me about {Pick(Things)}.",
            9 => $"Well, {Pick(People)} said you told me to like {Pick(Things)}. Do you hear me?",
            10 => $"What do you know about me? Forget my {Pick(Topics)}!",
            11 => $"{Pick(People)} went away because of {Pick(Things)}, and I adore {Pick(Things)}.",
            _ => $"Bye for now, I think of {Pick(Things)}.",
        };
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var bot = new Bot(MakeRules());
            for (int input = 0; input < 25; input++)
            {
                foreach (char c in bot.Reply(MakeInput(Random))) sum = (sum * 31 + c) % 1000000007;
            }
        }
        return sum;
    }
}
