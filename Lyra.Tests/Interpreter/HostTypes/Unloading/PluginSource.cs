namespace Lyra.Tests.Interpreter.HostTypes.Unloading;

/// <summary>An assembly of a host that loads and unloads it: its types, and all ways in which an engine uses them.</summary>
internal static class PluginSource
{
    public const string Types = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Lyra;

        namespace Plugin;

        public enum Rank { Low, High }
        public record Person(string Name, int Age);
        public record struct Point(int X, int Y);
        public delegate int Combine(int a, Rank rank);
        public delegate Unit Make(int level);

        public class Unit
        {
            public int Field = 1;
            public int Level { get; set; }
            public Rank Rank { get; set; } = Rank.High;
            public List<Unit> Parts { get; } = [];
            public Unit[][] Grid { get; } = [[]];
            public Dictionary<string, Unit> ByName { get; } = [];
            public Dictionary<Rank, int> ByRank { get; } = new() { [Rank.High] = 1 };
            public HashSet<Rank> Ranks { get; } = [Rank.Low];
            public Rank[] AllRanks { get; } = [Rank.Low, Rank.High];
            public Point Place => new(Level, 2);
            public event Action<Unit>? Changed;
            public int this[int i] => i + Level;
            public int Add(int x) { Level += x; Changed?.Invoke(this); return Level; }
            public int Over(int x) => x;
            public int Over(Unit x) => x.Level;
            public string Over(Rank x) => x.ToString();
            public int Age(Person person) => person.Age;
            public int All(params Rank[] ranks) => ranks.Length;
            public async Task<Person> LoadAsync() { await Task.Yield(); return new Person("Ann", 3); }
            public static Unit operator +(Unit a, Unit b) => new() { Level = a.Level + b.Level };
        }

        """;

    /// <summary>Each use is a static method with an engine as its parameter.</summary>
    public const string Uses = """
        public static class Uses
        {
            public static void Members(LyraEngine engine)
            {
                Define(engine);
                engine.Run("u.level = 3; u.field += 1; u.add(2); u[1] + u.level; u.rank = \"Low\"; (u + u).level; u.over(u); u.over(\"High\")");
                engine.Run("u.all(\"Low\", \"High\"); u.age({\"name\": \"Ann\", \"age\": 3}); u.place.x; u.changed.add(x => x.level)");
            }

            public static void Builder(LyraEngine engine)
            {
                engine.DefineType<Unit>(type => type
                    .Property("level", u => u.Level, (u, x) => u.Level = x).Method("add", (Unit u, int x) => u.Add(x)).Constructor(() => new Unit()));
                engine.Run("let u = Unit(); for i in 0..2000 { u.level = u.add(i) % 100 }");
            }

            /// What the source generator writes, by hand.
            public static void Generated(LyraEngine engine)
            {
                LyraGeneratedType.Register<Unit>("Unit", type => type.Property("level", u => u.Level).Method("add", (Unit u, int x) => u.Add(x)));
                engine.DefineType<Unit>();
                engine.Define("u", new Unit());
                engine.Run("for i in 0..2000 { u.add(u.level % 3) }");
            }

            public static void Collections(LyraEngine engine)
            {
                Define(engine);
                Unit unit = new();
                unit.Parts.AddRange(Enumerable.Range(0, 10).Select(i => new Unit { Level = i }));
                unit.Grid[0] = [new Unit()];
                unit.ByName["a"] = unit;
                engine.Define("c", unit);
                engine.Define("list", unit.Parts);
                engine.Run("var s = 0; for k in 0..300 { for p in list { s += p.level }; for p in c.parts { p.level = k } }; s");
                engine.Run("c.grid[0][0].level = 3; c.byName[\"a\"].level; c.byRank[\"High\"]; c.ranks.add(\"High\"); c.allRanks[1]");
                engine.Run("for k, v in c.byName { v.level }; for r in c.ranks { r }; c.parts.sort(p => p.level)");
            }

            public static void Conversions(LyraEngine engine)
            {
                Person person = engine.Run("({\"name\": \"Ann\", \"age\": 40})").As<Person>();
                engine.Globals["person"] = LyraValue.From(person);
                engine.Run("(\"Low\", 1)").As<(Rank, int)>();
                engine.Run("[\"Low\"]").As<List<Rank>>();
                engine.Run("({\"a\": \"Low\"})").As<Dictionary<string, Rank>>();
                engine.Run("set([1])").As<HashSet<int?>>();
                engine.Run("\"Low\"").As<Rank?>();
                engine.Run("\"High\"").TryAs(out Rank _);
                engine.Run("({\"x\": 1, \"y\": 2})").As<Point>();
                engine.Run("[{\"x\": 1, \"y\": 2}]").As<Point[]>();
                engine.Globals["copies"] = LyraValue.From(new List<Rank> { Rank.Low });
                engine.Globals["object"] = LyraValue.FromObject(new Unit());
                try { engine.Run("[1, 2]").As<Person>(); } catch (InvalidCastException) { }
            }

            public static void Delegates(LyraEngine engine)
            {
                Define(engine);
                engine.Define("twice", (Unit u) => u.Level * 2);
                engine.Define("rankOf", (Rank r, Person? p) => (int)r);
                engine.Define("load", async () => { await Task.Yield(); return Rank.High; });
                engine.Define("each", (List<Unit> units, Func<Unit, int> f) => units.Sum(f));
                engine.Run("for i in 0..500 { twice(u); rankOf(\"High\", nil) }; each([u], x => x.level); await load()");
                engine.Run("proc combine(a, rank) { return a + length(rank) }\nproc make(level) { u.level = level; return u }");
                engine.GetProc<Combine>("combine")(1, Rank.Low);
                engine.GetProc<Make>("make")(3);
                engine.GetProc<Func<Unit, Rank>>("rank");
            }

            public static void HotLoops(LyraEngine engine)
            {
                Define(engine);
                engine.Run("pub proc run(n) { var s = 0; for i in 0..n { u.level = i % 7; s += u.level + u.field + u.over(i) + u[i]; "
                    + "if u.rank == \"High\" { s += u.add(1) }; s += u.over(u); s += (u + u).level; match u { Unit{level} => s += level, _ => nil } }; return s }");
                Func<int, long> run = engine.GetProc<Func<int, long>>("run");
                for (int i = 0; i < 5; i++) { run(3000); }
            }

            public static void Define(LyraEngine engine)
            {
                LyraTypeOptions all = new() { Members = LyraMembers.All };
                engine.DefineType<Unit>(all);
                engine.DefineType<Point>(all);
                engine.Define("u", new Unit());
                engine.Run("proc rank(u) { return u.rank }");
            }
        }
        """;
}
