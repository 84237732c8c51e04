using System.Linq;
using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Shouldly;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Scripts that move the figures of an engine, or cause its events.</summary>
internal static class MonitoredScripts
{
    public const string DeadLists =
        "proc f() { var s = 0; for i in 0..2_000 { let xs = []; xs.push(i); s += xs.length() }; return s }\nf()";

    public const string HotLoop = "var s = 0\nfor i in 0..20_000 { s += i }";

    /// <summary>The kind of the operands changes when the loop is compiled.</summary>
    public const string ChangingLoop = "var s = 0\nfor i in 0..4_000 { if i < 2_000 { s += 1 } else { s += 0.5 } }";

    /// <summary>The first recorded iteration ends with an error. The loops around it are not hot.</summary>
    public const string ThrowingLoop = """
        proc f() { for i in 0..9 { if i == 1 { throw error("A", "b") } } }
        for k in 0..40 { try { f() } catch e { } }
        for k in 0..40 { try { f() } catch e { } }
        """;

    public const string DroppedLoop = """
        proc sum(xs) { var s = 0; for x in xs { s += x }; return s }
        let whole = [1] * 100
        for i in 0..300 { sum(whole) }
        let mixed = [0.5, 1] * 5000
        for i in 0..20 { sum(mixed) }
        """;

    public const string Hashed = """
        struct Key { n: int
            proc __hash(self) { look(); return self.n % 3 }
            proc __eq(self, other) { return self.n == other.n } }
        var map = {}
        for i in 0..50 { map[Key(i)] = i }
        """;

    public static readonly LyraOptions Interpreted = new() { Jit = JitMode.Off };

    public static readonly LyraOptions Waiting =
        new() { HotLoopThreshold = 50, HotProcThreshold = 50, HotExitThreshold = 4, CompilesInBackground = false };

    /// <summary>Changes an instruction of a proc in memory; the run after that ends with the error.</summary>
    public static void ChangesCode(LyraEngine engine)
    {
        engine.Run("proc f(a) { return a }");
        Instruction[] code = ((Closure)engine.Globals["f"].Raw.Ref!).Prototype.Code;
        code[^1] = new Instruction(code[^1].Op, code[^1].A ^ 1, code[^1].Wide);
        Should.Throw<LyraException>(() => engine.Run("1")).Kind.ShouldBe("IntegrityError");
    }

    /// <summary>Reads each field of an instance of each struct twice, at one place for each field.</summary>
    public static string Members(int structs, int fields, int repeats = 2)
    {
        string[] names = [.. Enumerable.Range(0, fields).Select(i => $"f{i}")];
        StringBuilder source = new("let all = []\n");
        for (int i = 0; i < structs; i++)
        {
            source.Append($"struct S{i} {{ {string.Join("; ", names)} }}\n");
            source.Append($"all.push(S{i}({string.Join(", ", names.Select(_ => i))}))\n");
        }

        string reads = string.Join("; ", names.Select(name => $"let _{name} = o.{name}"));
        source.Append($"for k in 0..{repeats} {{ for o in all {{ {reads} }} }}");
        return source.ToString();
    }
}
