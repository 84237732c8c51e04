// A spreadsheet with closures as formulas: n edits, each followed by recalculating what depends on the cell, in topological order
static class Spreadsheet
{
    const int Rows = 15;

    sealed class Cell(string name)
    {
        public string Name { get; } = name;
        public long Value { get; set; }
        public Func<long>? Formula { get; set; }
        public List<Cell> Inputs { get; } = [];       // the cells that the formula reads
        public List<Cell> Dependents { get; } = [];   // the cells whose formulas read this one
    }

    enum State { Open, Done }

    sealed class Sheet
    {
        readonly Dictionary<string, Cell> cells = [];
        Cell? tracked;   // the cell whose formula is being evaluated

        public int Recalculated { get; private set; }

        Cell GetCell(string name)
        {
            if (!cells.TryGetValue(name, out var cell))
                cells[name] = cell = new Cell(name);
            return cell;
        }

        // What formulas call; notes who reads which cell.
        public long Get(string name)
        {
            var cell = GetCell(name);
            if (tracked != null && !tracked.Inputs.Contains(cell))
            {
                tracked.Inputs.Add(cell);
                cell.Dependents.Add(tracked);
            }
            return cell.Value;
        }

        public void SetValue(string name, long value)
        {
            var cell = GetCell(name);
            Unlink(cell);
            cell.Formula = null;
            cell.Value = value;
            Update(cell);
        }

        public void SetFormula(string name, Func<long> formula)
        {
            var cell = GetCell(name);
            Unlink(cell);
            cell.Formula = formula;
            tracked = cell;
            cell.Value = formula();
            tracked = null;
            Update(cell);
        }

        static void Unlink(Cell cell)
        {
            foreach (var input in cell.Inputs)
                input.Dependents.Remove(cell);
            cell.Inputs.Clear();
        }

        // Recalculates all cells that depend on the given one, directly or not.
        void Update(Cell changed)
        {
            foreach (var cell in Order(changed))
            {
                if (cell.Formula != null)
                {
                    cell.Value = cell.Formula();
                    Recalculated++;
                }
            }
        }

        // The cell and its dependents, each after all that it reads.
        static List<Cell> Order(Cell first)
        {
            var states = new Dictionary<string, State>();
            var result = new List<Cell>();
            void Visit(Cell cell)
            {
                if (states.TryGetValue(cell.Name, out var state))
                {
                    if (state == State.Done) return;
                    throw new InvalidOperationException($"{cell.Name} depends on itself");
                }
                states[cell.Name] = State.Open;
                foreach (var dependent in cell.Dependents)
                    Visit(dependent);
                states[cell.Name] = State.Done;
                result.Add(cell);
            }
            Visit(first);
            result.Reverse();
            return result;
        }
    }

    static Func<long> Product(Sheet sheet, string a, string b) => () => sheet.Get(a) * sheet.Get(b);

    static Func<long> Discounted(Sheet sheet, string a, string b, int percent) => () =>
    {
        long amount = sheet.Get(a) * sheet.Get(b);
        return amount > 20000 ? amount - amount * percent / 100 : amount;
    };

    static Func<long> Running(Sheet sheet, string before, string amount) => () => sheet.Get(before) + sheet.Get(amount);

    static List<string> Column(string letter) =>
        Enumerable.Range(1, Rows).Select(row => $"{letter}{row}").ToList();

    static Func<long> Total(Sheet sheet, List<string> names) => () => names.Sum(name => sheet.Get(name));

    static Func<long> Largest(Sheet sheet, List<string> names) => () => names.Max(name => sheet.Get(name));

    static Func<long> CountAbove(Sheet sheet, List<string> names, string limit) => () =>
    {
        long bound = sheet.Get(limit);
        return names.Count(name => sheet.Get(name) > bound);
    };

    static long seed = 42;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    // Per row: A quantity, B price, C amount, D running total, and some sums below.
    static Sheet Build()
    {
        var sheet = new Sheet();
        sheet.SetValue("D0", 0);
        for (int row = 1; row <= Rows; row++)
        {
            sheet.SetValue($"A{row}", Random(100));
            sheet.SetValue($"B{row}", Random(1000));
            sheet.SetFormula($"C{row}", Product(sheet, $"A{row}", $"B{row}"));
            sheet.SetFormula($"D{row}", Running(sheet, $"D{row - 1}", $"C{row}"));
        }
        sheet.SetFormula("quantity", Total(sheet, Column("A")));
        sheet.SetFormula("amount", Total(sheet, Column("C")));
        sheet.SetFormula("largest", Largest(sheet, Column("C")));
        sheet.SetFormula("average", () => sheet.Get("quantity") == 0 ? 0 : sheet.Get("amount") / sheet.Get("quantity"));
        sheet.SetFormula("limit", () => sheet.Get("largest") / 2 + sheet.Get("average"));
        sheet.SetFormula("above", CountAbove(sheet, Column("C"), "limit"));
        return sheet;
    }

    static void Edit(Sheet sheet)
    {
        int row = Random(Rows) + 1;
        switch (Random(8))
        {
            case 0:
                sheet.SetFormula($"C{row}", Product(sheet, $"A{row}", $"B{row}"));
                break;
            case 1:
                sheet.SetFormula($"C{row}", Discounted(sheet, $"A{row}", $"B{row}", Random(30) + 1));
                break;
            case 2 or 3 or 4:
                sheet.SetValue($"A{row}", Random(100));
                break;
            default:
                sheet.SetValue($"B{row}", Random(1000));
                break;
        }
    }

    public static long Run(int n)
    {
        seed = 42;
        var sheet = Build();
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            Edit(sheet);
            long middle = sheet.Get($"D{Random(Rows) + 1}");
            sum = (sum * 31 + middle + sheet.Get("amount") * 3 + sheet.Get("limit") + sheet.Get("above")) % 1000000007;
        }
        return (sum * 31 + sheet.Recalculated) % 1000000007;
    }
}
