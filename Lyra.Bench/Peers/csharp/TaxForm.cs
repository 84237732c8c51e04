using System.Globalization;

// a tax form: fields that depend on other fields, deductions and brackets, for n generated households, with a line for each
static class TaxForm
{
    static readonly Dictionary<string, (double Upper, double Rate)[]> Brackets = new()
    {
        ["single"] = [(11000, 0.1), (44725, 0.12), (95375, 0.22), (182100, 0.24), (231250, 0.32), (double.PositiveInfinity, 0.35)],
        ["joint"] = [(22000, 0.1), (89450, 0.12), (190750, 0.22), (364200, 0.24), (462500, 0.32), (double.PositiveInfinity, 0.35)],
        ["head"] = [(15700, 0.1), (59850, 0.12), (95350, 0.22), (182100, 0.24), (231250, 0.32), (double.PositiveInfinity, 0.35)],
    };

    static readonly Dictionary<string, int> StandardDeductions = new() { ["single"] = 13850, ["joint"] = 27700, ["head"] = 20800 };

    sealed record Household(string Name, string Status, List<int> Ages, List<int> Wages)
    {
        public required int Interest { get; init; }
        public required int Dividends { get; init; }
        public required int Sales { get; init; }
        public required int Expenses { get; init; }
        public required int StudentLoan { get; init; }
        public required int Medical { get; init; }
        public required int LocalTaxes { get; init; }
        public required int Mortgage { get; init; }
        public required int Gifts { get; init; }
        public required int Withheld { get; init; }
    }

    static int Rounded(double amount) => (int)Math.Floor(amount + 0.5);

    static int BracketTax(int income, string status)
    {
        double tax = 0;
        double lower = 0;
        foreach (var (upper, rate) in Brackets[status])
        {
            if (income <= lower) break;
            tax += (Math.Min(income, upper) - lower) * rate;
            lower = upper;
        }
        return Rounded(tax);
    }

    static int ChildCredit(Form form)
    {
        int children = form.Household.Ages.Count(age => age < 17);
        int limit = form.Household.Status == "joint" ? 400000 : 200000;
        int excess = Math.Max(0, form["adjusted"] - limit);
        return Math.Max(0, 2000 * children - 50 * ((excess + 999) / 1000));
    }

    // A part of the earned income up to a limit, less a part of the income above another.
    static int EarnedCredit(Form form)
    {
        if (form["interest"] > 11000) return 0;
        double earned = Math.Min(form["wages"] + form["business"], 16000) * 0.21;
        double reduction = Math.Max(0, form["adjusted"] - 23000) * 0.16;
        return Math.Max(0, Rounded(earned - reduction));
    }

    // A field is a function that computes it from the household and from other fields.
    static readonly Dictionary<string, Func<Form, int>> Fields = new()
    {
        ["wages"] = form => form.Household.Wages.Sum(),
        ["interest"] = form => form.Household.Interest + form.Household.Dividends,
        ["business"] = form => Math.Max(0, form.Household.Sales - form.Household.Expenses),
        ["businessTax"] = form => Rounded(form["business"] * 0.9235 * 0.153),
        ["income"] = form => form["wages"] + form["interest"] + form["business"],
        ["adjustments"] = form => Math.Min(2500, form.Household.StudentLoan) + form["businessTax"] / 2,
        ["adjusted"] = form => Math.Max(0, form["income"] - form["adjustments"]),
        ["medical"] = form => Math.Max(0, form.Household.Medical - Rounded(form["adjusted"] * 0.075)),
        ["gifts"] = form => Math.Min(form.Household.Gifts, Rounded(form["adjusted"] * 0.6)),
        ["itemized"] = form => form["medical"] + Math.Min(10000, form.Household.LocalTaxes) + form.Household.Mortgage + form["gifts"],
        ["standard"] = form => StandardDeductions[form.Household.Status] + 1500 * form.Household.Ages.Count(age => age >= 65),
        ["deduction"] = form => Math.Max(form["itemized"], form["standard"]),
        ["taxable"] = form => Math.Max(0, form["adjusted"] - form["deduction"]),
        ["tax"] = form => BracketTax(form["taxable"], form.Household.Status),
        ["childCredit"] = ChildCredit,
        ["earnedCredit"] = EarnedCredit,
        ["surtax"] = form => Rounded(Math.Max(0, Math.Min(form["interest"], form["adjusted"] - 200000)) * 0.038),
        ["total"] = form => Math.Max(0, form["tax"] - form["childCredit"]) + form["businessTax"] + form["surtax"],
        ["refund"] = form => form.Household.Withheld + form["earnedCredit"] - form["total"],
    };

    sealed class Form(Household household)
    {
        readonly Dictionary<string, int> values = new();

        public Household Household { get; } = household;

        public int this[string name]
        {
            get
            {
                if (!values.TryGetValue(name, out int value))
                {
                    value = Fields[name](this);
                    values[name] = value;
                }
                return value;
            }
        }

        public string Summary()
        {
            string kind = this["itemized"] > this["standard"] ? "itemized" : "standard";
            int refund = this["refund"];
            string last = refund < 0 ? $"to pay {-refund,9:N0}" : $"refund {refund,9:N0}";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Household.Name,-16} {Household.Status,-6} {Household.Ages.Count} persons, {kind}, "
                + $"income {this["income"],9:N0}, taxable {this["taxable"],9:N0}, tax {this["total"],8:N0}, {last}");
        }
    }

    static readonly string[] FirstNames = ["Ada", "Ben", "Cora", "Dov", "Elsa", "Finn", "Greta", "Hugo", "Iris", "Jon"];
    static readonly string[] LastNames = ["Abbot", "Brandt", "Castle", "Dumas", "Ericson", "Fuchs", "Grant", "Holm"];
    static readonly string[] Statuses = ["single", "joint", "head"];

    static Household MakeHousehold(Func<int, int> random)
    {
        int Maybe(int percent, int limit) => random(100) < percent ? random(limit) : 0;
        string status = Statuses[random(3)];
        int adults = status == "joint" ? 2 : 1;
        string name = FirstNames[random(10)] + " " + LastNames[random(8)];
        var ages = Enumerable.Range(0, adults).Select(_ => 20 + random(60)).ToList();
        ages.AddRange(Enumerable.Range(0, random(4)).Select(_ => random(22)));
        var wages = Enumerable.Range(0, adults).Select(_ => random(40) * random(4000)).ToList();
        return new Household(name, status, ages, wages)
        {
            Interest = Maybe(60, 4000),
            Dividends = Maybe(20, 40000),
            Sales = Maybe(25, 150000),
            Expenses = Maybe(25, 60000),
            StudentLoan = Maybe(20, 4000),
            Medical = Maybe(40, 20000),
            LocalTaxes = random(14000),
            Mortgage = Maybe(40, 24000),
            Gifts = Maybe(50, 9000),
            Withheld = wages.Sum() * random(25) / 100,
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
        var totals = new Dictionary<string, (int Count, long Income, long Tax)>();
        long checksum = 0;
        for (int i = 0; i < n; i++)
        {
            var form = new Form(MakeHousehold(Random));
            foreach (char c in form.Summary()) checksum = (checksum * 31 + c) % 1000000007;
            string status = form.Household.Status;
            var (count, income, tax) = totals.GetValueOrDefault(status);
            totals[status] = (count + 1, income + form["income"], tax + form["total"]);
        }
        foreach (var (_, (count, income, tax)) in totals.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            checksum = (checksum * 31 + count * 1000 + tax * 100 / Math.Max(1, income) + tax) % 1000000007;
        }
        return checksum;
    }
}
