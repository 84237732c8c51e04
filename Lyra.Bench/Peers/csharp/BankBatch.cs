// a nightly bank batch: n nights of transaction lines, parsed, validated and posted, interest, rejected lines, sorted reports
static class BankBatch
{
    const int Penalty = 1250;

    // Basis points a year.
    static readonly Dictionary<string, int> Rates = new() { ["savings"] = 310, ["checking"] = 25, ["business"] = 40 };

    // Amounts are in cents; interest is collected in cents * basis points a day and paid at the end of a month.
    sealed class Account(string id, string branch, string kind, long balance, long overdraft, bool isClosed)
    {
        long interest;
        long penalty;

        public string Id => id;
        public string Branch => branch;
        public string Kind => kind;
        public bool IsClosed => isClosed;
        public long Balance { get; private set; } = balance;
        public int Postings { get; set; }

        public void Post(long amount)
        {
            Balance += amount;
            Postings++;
        }

        public bool Covers(long amount) => Balance + overdraft >= amount;

        public void Accrue()
        {
            if (Balance >= 0) interest += Balance * Rates[kind];
            else penalty -= Balance * Penalty;
        }

        public void PayInterest()
        {
            Balance += interest / 3_650_000 - penalty / 3_650_000;
            interest = 0;
            penalty = 0;
        }
    }

    sealed record Reject(int Number, string Reason, string Line);

    static bool IsNumber(string text) => text != "" && text.All(char.IsAsciiDigit);

    // The cents of an amount such as "120.50", or null.
    static long? ParseAmount(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 2 || parts[1].Length != 2 || !parts.All(IsNumber)) return null;
        return long.Parse(parts[0]) * 100 + long.Parse(parts[1]);
    }

    static string Money(long cents)
    {
        string sign = cents < 0 ? "-" : "";
        return $"{sign}{Math.Abs(cents) / 100}.{Math.Abs(cents) % 100:00}";
    }

    sealed class Bank(Dictionary<string, Account> accounts)
    {
        // Posts a transaction line such as "W;1007;120.50;;rent". Gives the reason if it is rejected, else null.
        string? Process(string line)
        {
            if (line.Split(';') is not [var kind, var id, var text, var targetId, _]) return "wrong number of fields";
            if (!accounts.TryGetValue(id, out var account)) return "unknown account";
            if (account.IsClosed) return "closed account";
            if (ParseAmount(text) is not long amount || amount == 0) return "bad amount";
            switch (kind)
            {
                case "D":
                    account.Post(amount);
                    break;
                case "F":
                    account.Post(-amount);
                    break;
                case "W":
                    if (!account.Covers(amount)) return "insufficient funds";
                    account.Post(-amount);
                    break;
                case "T":
                    if (!accounts.TryGetValue(targetId, out var target) || target.IsClosed || target == account) return "bad target";
                    if (!account.Covers(amount)) return "insufficient funds";
                    account.Post(-amount);
                    target.Post(amount);
                    break;
                default:
                    return "unknown kind";
            }
            return null;
        }

        // Processes the lines of a night and gives those that are rejected.
        public List<Reject> RunNight(List<string> lines, bool isMonthEnd)
        {
            var rejects = new List<Reject>();
            foreach (var account in accounts.Values) account.Postings = 0;
            for (int i = 0; i < lines.Count; i++)
            {
                if (Process(lines[i]) is { } reason) rejects.Add(new Reject(i + 1, reason, lines[i]));
            }
            foreach (var account in accounts.Values)
            {
                account.Accrue();
                if (isMonthEnd) account.PayInterest();
            }
            return rejects;
        }

        // The active accounts by branch, the richest first, and the rejected lines by reason.
        public List<string> Report(int night, List<Reject> rejects)
        {
            var lines = new List<string> { $"NIGHT {night}" };
            var branches = accounts.Values.Where(account => account.Postings > 0).GroupBy(account => account.Branch);
            foreach (var branch in branches.OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                var sorted = branch.OrderByDescending(account => account.Balance).ThenBy(account => account.Id, StringComparer.Ordinal);
                foreach (var account in sorted)
                {
                    lines.Add($"  {account.Id} {account.Kind,-9}{account.Postings,3}{Money(account.Balance),14}");
                }
                lines.Add($"{branch.Key,-16}{Money(branch.Sum(account => account.Balance)),14}");
            }
            foreach (var (number, reason, line) in rejects
                .OrderBy(reject => reject.Reason, StringComparer.Ordinal).ThenBy(reject => reject.Number))
            {
                lines.Add($"! {reason}: line {number}, {line}");
            }
            return lines;
        }
    }

    static readonly string[] AccountKinds = ["savings", "checking", "business"];
    static readonly string[] Branches = ["Northgate", "Harbour", "Old Town", "Mill Lane", "Station"];
    static readonly string[] LineKinds = ["D", "D", "W", "W", "W", "T", "T", "F"];
    static readonly string[] Memos = ["rent", "wages", "groceries", "invoice", "savings plan"];

    static Dictionary<string, Account> MakeAccounts(Func<int, int> random)
    {
        var accounts = new Dictionary<string, Account>();
        for (int i = 0; i < 60; i++)
        {
            string id = $"{1000 + i}";
            string kind = AccountKinds[random(3)];
            int overdraft = kind == "savings" ? 0 : 50000;
            string branch = Branches[random(5)];
            accounts[id] = new Account(id, branch, kind, random(500000), overdraft, isClosed: random(20) == 0);
        }
        return accounts;
    }

    // One line of ten has a random mistake.
    static string MakeLine(Func<int, int> random)
    {
        string kind = LineKinds[random(8)];
        string id = $"{1000 + random(60)}";
        string amount = Money(kind == "F" ? 1 + random(500) : 1 + random(90000));
        string target = kind == "T" ? $"{1000 + random(60)}" : "";
        string memo = Memos[random(5)];
        return random(50) switch
        {
            0 => $"{kind};{id};{amount};{target}",
            1 => $"{kind};{id};{amount.Replace('.', ',')};{target};{memo}",
            2 => $"X;{id};{amount};{target};{memo}",
            3 => $"{kind};9{id};{amount};{target};{memo}",
            4 => $"{kind};{id};-{amount};{target};{memo}",
            _ => $"{kind};{id};{amount};{target};{memo}",
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
        var bank = new Bank(MakeAccounts(Random));
        long checksum = 0;
        for (int night = 1; night <= n; night++)
        {
            var lines = Enumerable.Range(0, 100).Select(_ => MakeLine(Random)).ToList();
            var rejects = bank.RunNight(lines, isMonthEnd: night % 30 == 0);
            foreach (string line in bank.Report(night, rejects))
            {
                foreach (char c in line) checksum = (checksum * 31 + c) % 1000000007;
            }
        }
        return checksum;
    }
}
