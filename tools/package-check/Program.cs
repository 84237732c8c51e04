using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Lyra;

// A host of the packages. It is run as it is, trimmed, and compiled ahead of time, and fails with the first difference.
using LyraEngine engine = new(new LyraOptions
{
    Limits = new LyraLimits { MaxSteps = 100_000_000, Timeout = TimeSpan.FromSeconds(30), MaxMemoryBytes = 64 << 20 },
    Output = Console.Out,
});

int changes = 0;
Order order = new("A-1") { Total = 12.5 };
order.Changed += _ => changes++;

// A trimmed program names the types that are copied; the type argument of As is named by itself.
LyraConversions.Register<Rectangle>();

// Delegates of the host, with all ways to pass and return values.
engine.Define("add", (int a, double b) => a + b);
engine.Define("greet", (string name, string greeting = "hello") => $"{greeting}, {name}");
engine.Define("sum", (params int[] numbers) => Total(numbers));
engine.Define("apply", (Func<int, int> f, int x) => f(x));
engine.Define("mean", (List<double> values) => Total(values) / values.Count);
engine.Define("flip", (Dictionary<string, int> map) => new Dictionary<string, string> { ["keys"] = string.Join(',', map.Keys) });
engine.Define("later", async (double x) => { await Task.Yield(); return x * 2; });
engine.Define("name", async (string s, CancellationToken token) => { await Task.Delay(1, token); return s + "!"; });
engine.Define("custom", new Scale((value, factor) => value * factor));
engine.Define("exact", () => 1.10m);
engine.Define("day", (DayOfWeek day) => day == DayOfWeek.Friday);
engine.Define("area", (Rectangle r) => r.Width * r.Height);

// Objects and collections of the host.
List<double> prices = [1.5, 2.5];
Dictionary<string, double> rates = new() { ["a"] = 0.5 };
engine.DefineType<Order>();
engine.DefineType<Uri>(t => t.Property("host", u => u.Host).Method("withPath", (Uri u, string path) => new Uri(u, path)));
engine.Define("order", order);
engine.Define("prices", prices);
engine.Define("rates", rates);
engine.Define("names", new HashSet<string> { "x" });
engine.Define("squares", Squares());
engine.Define("site", new Uri("http://127.0.0.1/a"));

Same("add(1, 2.5)", "3.5");
Same("greet(\"Ann\") + greet(\"Bob\", greeting: \"hi\")", "\"hello, Annhi, Bob\"");
Same("sum(1, 2, 3)", "6.0");
Same("apply(x => x + 1, 41)", "42");
Same("mean([1, 2, 6])", "3.0");
Same("flip({\"a\": 1, \"b\": 2})", "{\"keys\": \"a,b\"}");
Same("(await later(1.5), await name(\"a\"))", "(3.0, \"a!\")");
Same("custom(3, 4)", "12");
Same("day(\"Friday\")", "true");
Same("area({\"width\": 2, \"height\": 3})", "6");
Same("order.total += 5; order.add(\"sku\", count: 2); (order.total, order[0], type(order))", "(17.5, \"sku x 2\", \"Order\")");
Same("(order + Order(\"B\")).id", "\"A-1+B\"");
Same("order.changed.add(o => print(o.id)); await order.submitAsync()", "true");
Same("match order { Order{id: \"A-1\", total} => total, _ => 0 }", "17.5");
Same("(site.host, site.withPath(\"/b\").host)", "(\"127.0.0.1\", \"127.0.0.1\")");
Same("prices.push(3); prices[0] = 2; prices.sum()", "7.5");
Same("rates[\"b\"] = 1; (length(rates), names.has(\"x\"))", "(2, true)");
Same("let first = []; for s in squares { if s > 10 { break }; first.push(s) }; first", "[0, 1, 4, 9]");
Same("tostring(exact() + 1)", "\"2.10\"");

Same("(1, 2, 3, (4, 5, 6), (7, 8, 9, 10), (1, 2, 3, 4, 5))", "(1, 2, 3, (4, 5, 6), (7, 8, 9, 10), (1, 2, 3, 4, 5))");
foreach (int fields in (ReadOnlySpan<int>)[1, 2, 3, 4, 6, 8, 10, 12, 16, 20])
{
    string[] names = Array.ConvertAll(new int[fields], _ => "");
    for (int i = 0; i < fields; i++)
    {
        names[i] = $"f{i}";
    }

    string type = $"S{fields}";
    engine.Run($"struct {type} {{ {string.Join("; ", names)} }}");
    string values = string.Join(", ", Array.ConvertAll(names, n => n[1..]));
    Same($"{type}({values})", $"{type}{{{string.Join(", ", Array.ConvertAll(names, n => $"{n}: {n[1..]}"))}}}");
}

// Values for the host.
engine.Run("""
    proc scale(x: float, by: int) -> float { return x * by }
    proc times(x, by) { return x * by }
    async proc quote(name) { return "${name}: ${await later(2.0)}" }
    proc hot(n) {
        var total = 0
        for i in 0..n { total += i % 7 }
        return total
    }
    let person = {"name": "Ann", "age": 40, "home": {"width": 2, "height": 5}}
    """);
Equal(engine.GetProc<Func<double, int, double>>("scale")(1.5, 4), 6.0);
Equal(engine.GetProc<Scale>("times")(3, 4), 12);
Equal(await engine.GetProc<Func<string, CancellationToken, Task<string>>>("quote")("a", default), "a: 4.0");
Equal(engine.Run("[1, 2]").As<List<double>>()[1], 2.0);
Equal(engine.Run("[1, 2]").As<int[]>().Length, 2);
Equal(engine.Run("({\"a\": 1})").As<Dictionary<string, long>>()["a"], 1L);
Equal(engine.Run("set([1, 2])").As<HashSet<int>>().Count, 2);
Equal(engine.Run("(1, \"a\")").As<(int, string)>(), (1, "a"));
Person person = engine.Globals["person"].As<Person>();
Equal((person.Name, person.Age, person.Home.Height), ("Ann", 40, 5));
Equal(LyraValue.From(person)["home"]["width"].As<int>(), 2);
Equal(changes, 1);

bool compiles = System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported;
Equal(engine.Statistics.Jit.Available, compiles);
for (int call = 0; call < 200 && (call == 0 || (compiles && engine.Statistics.Jit.CompiledSteps == 0)); call++)
{
    // Loops are compiled in the background.
    Equal(engine.Call("hot", 1_000_000).As<long>(), 2_999_997L);
}

Equal(engine.Statistics.Jit.CompiledSteps > 0, compiles);
Console.WriteLine(compiles ? "compiled" : "interpreted");
Console.WriteLine($"libraries: {Library()}");

[UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "It is empty in a single file.")]
static string Library() => typeof(LyraEngine).Assembly.Location;

void Same(string source, string expected) => Equal(engine.Run(source).ToString(), expected);

static void Equal<T>(T actual, T expected)
{
    if (!EqualityComparer<T>.Default.Equals(actual, expected))
    {
        throw new InvalidOperationException($"{actual} is not {expected}.");
    }
}

static double Total<T>(IEnumerable<T> values)
    where T : IConvertible
{
    double total = 0;
    foreach (T value in values)
    {
        total += value.ToDouble(CultureInfo.InvariantCulture);
    }

    return total;
}

static IEnumerable<int> Squares()
{
    for (int i = 0; ; i++)
    {
        yield return i * i;
    }
}
