// double-entry bookkeeping: n transactions in three currencies, bad ones rejected by exceptions, balances in a tree of accounts, reports
static class DoubleEntry
{
    sealed class LedgerException(string kind, string message) : Exception(message)
    {
        public string Kind => kind;
    }

    readonly record struct Money(long Cents, string Currency)
    {
        public static Money operator +(Money a, Money b) => a.Currency == b.Currency
            ? new Money(a.Cents + b.Cents, a.Currency)
            : throw new LedgerException("CurrencyMismatch", $"{a} + {b}");

        public static Money operator -(Money a) => new(-a.Cents, a.Currency);

        public override string ToString()
        {
            long cents = Math.Abs(Cents);
            return $"{(Cents < 0 ? "-" : "")}{cents / 100}.{cents % 100:D2} {Currency}";
        }
    }

    sealed record Posting(string Path, Money Amount);
    sealed record Transaction(string Date, string Payee, List<Posting> Postings);
    sealed record Entry(string Date, string Payee, Money Amount, Money Balance);

    sealed class Account(string name, Account? parent)
    {
        public readonly string Name = name;
        public readonly Dictionary<string, Account> Children = [];
        public readonly Dictionary<string, Money> Balances = []; // by currency, with those of the accounts below
        public readonly List<Entry> Entries = [];
        public string? Closed; // the date from which on nothing may be posted

        public Account Open(string name)
        {
            if (!Children.TryGetValue(name, out var child)) Children[name] = child = new Account(name, this);
            return child;
        }

        public void Add(Money amount)
        {
            AddTo(Balances, amount.Currency, amount);
            parent?.Add(amount);
        }
    }

    static void AddTo<TKey>(Dictionary<TKey, Money> totals, TKey key, Money amount) where TKey : notnull =>
        totals[key] = totals.TryGetValue(key, out var known) ? known + amount : amount;

    sealed class Book
    {
        readonly Dictionary<string, Account> accounts = []; // by their paths
        readonly Dictionary<string, Dictionary<(string Category, string Currency), Money>> months = [];
        public readonly Account Root = new("all", null);
        public readonly Dictionary<string, int> Rejected = []; // counts by the kind of error

        public Account Open(string path)
        {
            var account = Root;
            foreach (string name in path.Split(':')) account = account.Open(name);
            accounts[path] = account;
            return account;
        }

        Account Find(string path, string date)
        {
            if (!accounts.TryGetValue(path, out var account)) throw new LedgerException("UnknownAccount", $"no account {path}");
            if (account.Closed != null && string.CompareOrdinal(date, account.Closed) >= 0)
                throw new LedgerException("ClosedAccount", $"{path} is closed since {account.Closed}");
            return account;
        }

        void Check(Transaction transaction)
        {
            if (transaction.Postings.Count < 2) throw new LedgerException("TooFewPostings", transaction.Payee);
            var sums = new Dictionary<string, Money>();
            foreach (var posting in transaction.Postings)
            {
                Find(posting.Path, transaction.Date);
                AddTo(sums, posting.Amount.Currency, posting.Amount);
            }
            foreach (var sum in sums.Values)
                if (sum.Cents != 0) throw new LedgerException("Unbalanced", $"{transaction.Payee} is off by {sum}");
        }

        void Post(Transaction transaction)
        {
            Check(transaction);
            string month = transaction.Date[..7];
            if (!months.TryGetValue(month, out var totals)) months[month] = totals = [];
            foreach (var (path, amount) in transaction.Postings)
            {
                var account = accounts[path];
                account.Add(amount);
                account.Entries.Add(new Entry(transaction.Date, transaction.Payee, amount, account.Balances[amount.Currency]));
                AddTo(totals, (path.Split(':')[0], amount.Currency), amount);
            }
        }

        public void PostAll(List<Transaction> transactions)
        {
            foreach (var transaction in transactions)
            {
                try
                {
                    Post(transaction);
                }
                catch (LedgerException e)
                {
                    Rejected[e.Kind] = Rejected.GetValueOrDefault(e.Kind) + 1;
                }
            }
        }

        public IEnumerable<string> MonthReport()
        {
            foreach (var (month, totals) in months.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                foreach (var ((category, _), amount) in totals.OrderBy(t => t.Key))
                    yield return $"{month} {category,-12}{amount.ToString(),20}";
            }
        }

        public IEnumerable<string> AccountReport(Account account, int depth = 0)
        {
            foreach (var (_, amount) in account.Balances.OrderBy(b => b.Key, StringComparer.Ordinal))
                yield return $"{new string(' ', 2 * depth) + account.Name,-24}{amount.ToString(),20}";
            foreach (var (_, child) in account.Children.OrderBy(c => c.Key, StringComparer.Ordinal))
                foreach (string line in AccountReport(child, depth + 1)) yield return line;
        }

        // The ends of the statements of the accounts that are used most.
        public IEnumerable<string> Statements(int count)
        {
            var ranking = accounts.OrderByDescending(p => p.Value.Entries.Count).ThenBy(p => p.Key, StringComparer.Ordinal);
            foreach (var (path, account) in ranking.Take(count))
            {
                yield return $"{path}: {account.Entries.Count} entries";
                foreach (var entry in account.Entries.TakeLast(10))
                    yield return $"{entry.Date} {entry.Payee,-12} {entry.Amount} -> {entry.Balance}";
            }
        }
    }

    static readonly string[] Assets =
        ["assets:bank:checking", "assets:bank:savings", "assets:cash:wallet", "assets:cash:safe", "assets:broker"];
    static readonly string[] Expenses =
        ["expenses:food:shop", "expenses:food:out", "expenses:home:rent", "expenses:home:power",
            "expenses:travel:train", "expenses:travel:hotel"];
    static readonly string[] Incomes = ["income:salary", "income:interest", "income:gifts"];
    static readonly string[] Payees = ["Grocer", "Baker", "Landlord", "Railway", "Grand Hotel", "Power & Co", "Uncle Bob", "Bank"];
    static readonly string[] Currencies = ["EUR", "EUR", "USD", "GBP"];

    static List<Transaction> MakeTransactions(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        string Pick(string[] items) => items[Random(items.Length)];
        Money Amount(int limit) => new(1 + Random(limit), Pick(Currencies));
        List<Posting> Move(string source, string target, Money amount) => [new(source, -amount), new(target, amount)];
        List<Posting> Purchase()
        {
            var a = Amount(20000);
            var rest = new Money(Random(3000), a.Currency);
            return [new(Pick(Assets), -(a + rest)), new(Pick(Expenses), a), new(Pick(Expenses), rest)];
        }
        List<Posting> Exchange()
        {
            long euros = 1 + Random(50000), rate = 90 + Random(30);
            Money given = new(euros, "EUR"), got = new(euros * rate / 100, "USD");
            return [.. Move("assets:broker", "equity:exchange", given), .. Move("equity:exchange", "assets:broker", got)];
        }
        var transactions = new List<Transaction>();
        for (int i = 0; i < n; i++)
        {
            int day = (int)(i * 672L / n);
            string date = $"{2023 + day / 336}-{day % 336 / 28 + 1:D2}-{day % 28 + 1:D2}";
            List<Posting> postings = Random(100) switch
            {
                < 50 => Purchase(),
                < 70 => Move(Pick(Incomes), Pick(Assets), Amount(500000)),
                < 85 => Move(Pick(Assets), Pick(Assets), Amount(100000)),
                < 96 => Exchange(),
                96 => Move("assets:bank:checking", "expenses:fod:shop", Amount(10000)),
                97 => [new(Pick(Assets), -Amount(10000)), new(Pick(Expenses), Amount(10000))],
                98 => Move("assets:old", Pick(Assets), Amount(10000)),
                _ => [new(Pick(Assets), Amount(10000))],
            };
            transactions.Add(new Transaction(date, Pick(Payees), postings));
        }
        return transactions;
    }

    public static double Run(int n)
    {
        var book = new Book();
        foreach (string path in (string[])[.. Assets, .. Expenses, .. Incomes, "equity:exchange"]) book.Open(path);
        book.Open("assets:old").Closed = "2023-07-01";
        book.PostAll(MakeTransactions(n));
        var lines = book.MonthReport().Concat(book.AccountReport(book.Root)).Concat(book.Statements(5)).ToList();
        long sum = 0;
        foreach (var (_, count) in book.Rejected.OrderBy(r => r.Key, StringComparer.Ordinal)) sum = sum * 1000 + count;
        foreach (string line in lines)
            foreach (char c in line) sum = (sum * 31 + c) % 1000000007;
        return sum;
    }
}
