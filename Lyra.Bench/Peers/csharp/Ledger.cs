// A bank ledger: n deposits, withdrawals and transfers, some of them refused, with monthly interest and statements
static class Ledger
{
    const int Accounts = 60;
    const int Month = 400; // operations from one month's end to the next
    const long Modulus = 1000000007;

    static readonly string[] Owners = ["Adams", "Bertini", "Chen", "Dubois", "Eriksen", "Fischer", "Gupta"];
    static long seed = 7;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static string Money(long cents)
    {
        string sign = cents < 0 ? "-" : "";
        long value = Math.Abs(cents);
        return $"{sign}{value / 100}.{value % 100:D2}";
    }

    static string AccountId(int number) => $"AC-{1000 + number}";

    class RefusedException(string kind, string message) : Exception(message)
    {
        public string Kind { get; } = kind;
    }

    class InvalidAmountException(string message) : RefusedException("InvalidAmount", message);
    class FrozenAccountException(string message) : RefusedException("FrozenAccount", message);
    class InsufficientFundsException(string message) : RefusedException("InsufficientFunds", message);
    class UnknownAccountException(string message) : RefusedException("UnknownAccount", message);

    record Entry(int Day, string Kind, long Amount, long Balance);

    class Account(string id, string owner, bool savings, long overdraft)
    {
        public long Balance { get; private set; }
        public bool Frozen { get; set; }
        public List<Entry> Entries { get; set; } = [];

        public void Record(int day, string kind, long amount)
        {
            Balance += amount;
            Entries.Add(new Entry(day, kind, amount, Balance));
        }

        void Check(long amount)
        {
            if (amount <= 0) throw new InvalidAmountException($"{Money(amount)} is not a positive amount");
            if (Frozen) throw new FrozenAccountException($"account {id} is frozen");
        }

        public void Deposit(int day, long amount, string kind = "deposit")
        {
            Check(amount);
            Record(day, kind, amount);
        }

        public void Withdraw(int day, long amount, string kind = "withdrawal")
        {
            Check(amount);
            if (Balance + overdraft < amount)
                throw new InsufficientFundsException($"{id} has {Money(Balance)} but needs {Money(amount)}");
            Record(day, kind, -amount);
        }

        public void AddInterest()
        {
            long interest = 0;
            if (Balance < 0) interest = -(-Balance * 18 / 1200);
            else if (savings) interest = Balance * 3 / 1200;
            if (interest != 0) Record(30, "interest", interest);
        }

        public List<string> Statement(int month)
        {
            List<string> lines = [$"{id} {owner}, month {month}"];
            long paidIn = 0;
            long paidOut = 0;
            foreach (var e in Entries)
            {
                if (e.Amount > 0) paidIn += e.Amount;
                else paidOut -= e.Amount;
                lines.Add($"{e.Day,2} {e.Kind,-12} {Money(e.Amount),10} {Money(e.Balance),10}");
            }
            lines.Add($"in {Money(paidIn)}, out {Money(paidOut)}, balance {Money(Balance)}");
            return lines;
        }
    }

    class Bank
    {
        readonly Dictionary<string, Account> accounts = [];
        public Dictionary<string, int> Refused { get; } = [];
        public int Attempts { get; set; }
        public int Bounced { get; set; }
        public long Checksum { get; private set; }

        public void Open(int number)
        {
            string id = AccountId(number);
            string owner = Owners[number % Owners.Length];
            accounts[id] = new Account(id, owner, savings: number % 3 == 0, overdraft: number % 4 * 20000);
        }

        public Account Find(string id)
        {
            if (!accounts.TryGetValue(id, out var account))
                throw new UnknownAccountException($"there is no account {id}");
            return account;
        }

        public void Transfer(int day, string fromId, string toId, long amount)
        {
            var source = Find(fromId);
            var target = Find(toId);
            source.Withdraw(day, amount, "transfer out");
            try
            {
                target.Deposit(day, amount, "transfer in");
            }
            catch (RefusedException)
            {
                source.Record(day, "returned", amount);
                throw;
            }
        }

        public void Refuse(RefusedException e)
        {
            Refused[e.Kind] = Refused.GetValueOrDefault(e.Kind) + 1;
            Add(e.Message.Length);
        }

        public void Add(long value) => Checksum = (Checksum * 31 + value) % Modulus;

        public void CloseMonth(int month)
        {
            foreach (var account in accounts.Values)
            {
                account.AddInterest();
                var lines = account.Statement(month);
                Add(string.Join("\n", lines).Length);
                foreach (char c in lines[^1]) Add(c);
                account.Entries = [];
                account.Frozen = false;
            }
        }
    }

    static void Operate(Bank bank, int day)
    {
        int pick = Random(100);
        string id = AccountId(Random(Accounts + 1));
        int amount = Random(40000) - 300;
        if (pick < 29) bank.Find(id).Deposit(day, amount);
        else if (pick < 60) bank.Find(id).Withdraw(day, amount);
        else if (pick < 99) bank.Transfer(day, id, AccountId(Random(Accounts)), amount);
        else bank.Find(id).Frozen = true;
    }

    public static long Run(int n)
    {
        seed = 7;
        var bank = new Bank();
        for (int i = 0; i < Accounts; i++) bank.Open(i);
        for (int i = 0; i < n; i++)
        {
            try
            {
                Operate(bank, 1 + i % Month * 30 / Month);
            }
            catch (InsufficientFundsException e)
            {
                bank.Bounced++;
                bank.Refuse(e);
            }
            catch (RefusedException e)
            {
                bank.Refuse(e);
            }
            finally
            {
                bank.Attempts++;
            }
            if (bank.Attempts % Month == 0) bank.CloseMonth(bank.Attempts / Month);
        }
        bank.CloseMonth(0);
        foreach (var kind in bank.Refused.Keys.Order(StringComparer.Ordinal)) bank.Add(bank.Refused[kind]);
        bank.Add(bank.Bounced);
        return bank.Checksum;
    }
}
