using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Lyra.Tests.Interpreter.Hosting.Boundaries;

/// <summary>Kinds of script values, and the ways on which the host passes one to an engine.</summary>
internal static class ForeignValues
{
    /// <summary>Scripts whose result only its own engine may use.</summary>
    public static readonly Dictionary<string, string> Bound = new()
    {
        ["list"] = "[1, 2]",
        ["map"] = "let m = {\"a\": 1}\nm",
        ["set"] = "set([1, 2])",
        ["bytes"] = "bytes(3)",
        ["instance"] = "struct P { x: int }\nP(1)",
        ["struct type"] = "struct P { x: int }\nP",
        ["proc"] = "proc f(x) { return x }\nf",
        ["closure"] = "var n = 0\nlet f = () => { n += 1 }\nf",
        ["method of a list"] = "let xs = [1]\nlet f = xs.push\nf",
        ["method of an instance"] = "struct P { x: int\n proc get(self) { return self.x } }\nlet f = P(1).get\nf",
        ["generator"] = "proc g() { yield 1 }\ng()",
        ["task"] = "async proc f() { return 1 }\nf()",
        ["channel"] = "chan(1)",
        ["module"] = "import math\nmath",
        ["error"] = "var r = nil\ntry { throw error(\"K\", \"m\") } catch e { r = e }\nr",
        ["tuple of a list"] = "(1, [2])",
        ["nested tuple of a proc"] = "proc f() { return 1 }\n(1, (2, (\"x\", f)))",
    };

    /// <summary>Scripts whose result every engine may use.</summary>
    public static readonly Dictionary<string, string> Free = new()
    {
        ["nil"] = "nil",
        ["bool"] = "true",
        ["int"] = "42",
        ["float"] = "1.5",
        ["big int"] = "2 ** 200",
        ["str"] = "\"some text\"",
        ["built str"] = "var s = \"\"\nfor i in 0..400 { s += \"text\" }\ns",
        ["range"] = "0..10",
        ["tuple"] = "(1, \"a\", 2 ** 100, 0..3)",
        ["nested tuple"] = "(1, (\"x\", nil), ((2.5, true), 0..3))",
        ["tuple of a built str"] = "var s = \"\"\nfor i in 0..400 { s += \"text\" }\n(s, 1)",
        ["builtin"] = "tostring",
        ["method of a str"] = "let f = \"abc\".upper\nf",
    };

    /// <summary>Gives a value to an engine. Each throws if the engine refuses it, and otherwise returns what the engine received.</summary>
    public static readonly Dictionary<string, Func<LyraEngine, LyraValue, LyraValue>> Ways = new()
    {
        ["global"] = static (engine, value) =>
        {
            engine.Globals["given"] = value;
            return engine.Run("given");
        },
        ["defined value"] = static (engine, value) =>
        {
            engine.Define("given", (object)value);
            return engine.Run("given");
        },
        ["defined view"] = static (engine, value) =>
        {
            engine.Define("given", View(value));
            return engine.Run("given");
        },
        ["argument of Call"] = static (engine, value) => Prepared(engine).Call("same", value),
        ["one of many arguments"] = static (engine, value) => Prepared(engine).Call("last", 1, 2, 3, 4, 5, 6, 7, 8, 9, value),
        ["argument of a typed proc"] = static (engine, value) =>
            Prepared(engine).GetProc<Func<LyraValue, LyraValue>>("same")(value),
        ["object for a typed proc"] = static (engine, value) => Prepared(engine).GetProc<Func<object, LyraValue>>("same")(value),
        ["element for a typed proc"] = static (engine, value) =>
            Prepared(engine).GetProc<Func<LyraValue[], LyraValue>>("first")([value]),
        ["argument of a value's delegate"] = static (engine, value) =>
            engine.Run("x => x").As<Func<LyraValue, LyraValue>>()(value),
        ["element of a copied list"] = static (engine, value) =>
        {
            engine.Globals["given"] = LyraValue.From(new[] { 1, value });
            return engine.Run("given[1]");
        },
        ["value of a copied map"] = static (engine, value) =>
        {
            engine.Globals["given"] = LyraValue.From(new Dictionary<string, LyraValue[]> { ["a"] = [value] });
            return engine.Run("given[\"a\"][0]");
        },
        ["item of a copied tuple"] = static (engine, value) =>
        {
            engine.Globals["given"] = LyraValue.From((1, (2, value)));
            return engine.Run("given[1][1]");
        },
        ["result of a delegate"] = static (engine, value) => Returned(engine, () => value),
        ["object that a delegate returns"] = static (engine, value) => Returned(engine, () => (object)value),
        ["view that a delegate returns"] = static (engine, value) => Returned(engine, () => View(value)),
        ["list that a delegate returns"] = static (engine, value) => Returned(engine, () => new List<LyraValue> { value }, "give()[0]"),
        ["map that a delegate returns"] = static (engine, value) =>
            Returned(engine, () => new Dictionary<string, object> { ["a"] = value }, "give()[\"a\"]"),
        ["tuple that a delegate returns"] = static (engine, value) => Returned(engine, () => (value, 1), "give()[0]"),
        ["result of a finished task"] = static (engine, value) => Returned(engine, () => Task.FromResult(value), "await give()"),
        ["result of a pending task"] = static (engine, value) => Returned(
            engine,
            async () =>
            {
                await Task.Yield();
                return value;
            },
            "await give()"),
        ["result of a value task"] = static (engine, value) => Returned(engine, () => ValueTask.FromResult(value), "await give()"),
        ["argument of a callback"] = static (engine, value) =>
        {
            engine.Define("call", (Func<LyraValue, LyraValue> f) => f(value));
            return engine.Run("call(x => x)");
        },
        ["global set by a delegate"] = static (engine, value) =>
        {
            engine.Define("assign", () => engine.Globals["given"] = value);
            engine.Globals["given"] = LyraValue.Nil;
            return engine.Run("assign()\ngiven");
        },
    };

    public static IEnumerable<string> Names => Bound.Keys.Concat(Free.Keys);

    /// <summary>The view that <c>As&lt;object&gt;()</c> returns; of a set, it would be a copy.</summary>
    private static object View(LyraValue value) => value.Kind == ValueKind.Set ? value : value.As<object>();

    private static LyraEngine Prepared(LyraEngine engine)
    {
        engine.Run("proc same(x) { return x }\nproc first(xs) { return xs[0] }\nproc last(...xs) { return xs[xs.length() - 1] }");
        return engine;
    }

    private static LyraValue Returned(LyraEngine engine, Delegate give, string source = "give()")
    {
        engine.Define("give", give);
        return engine.Run(source);
    }
}
