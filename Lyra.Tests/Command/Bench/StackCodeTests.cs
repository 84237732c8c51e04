using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite;
using Lyra.Bench.Suite.Baseline;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Bench;

/// <summary>The compiler of the stack baseline.</summary>
public sealed class StackCodeTests
{
    /// <summary>Constructs that no shipped program contains.</summary>
    private const string OtherConstructs = """
        proc f(a, b = 1) {
            let g = () => late
            var late = a
            var n = a?.x ?? b
            late **= 2 | 1 ^ 3 & 6
            n = -late is nil
            match [a] { (x, ...rest) => ~x >> 1
                0..5 => 2 << 1
                {"k": v} => v
                y: int => y }
            return g
        }
        struct P { x }
        var s: [int]
        var p = P{x: 2}
        p.x += 1
        s[0] += 1
        try { throw "a" } catch e { p.x = 2 or 3 }
        var z = nil
        z ??= spawn f(1)
        """;

    [Fact]
    public void The_listing_shows_the_code()
    {
        StackProc proc = Procs("""
            proc area(shape, scale = 2) {
                for (w, h) in shape.sides {
                    if w > 0 { return w * h * scale }
                }
            }
            """).Single(proc => proc.Signature.Name == "area");

        StackListing.Of(proc).ShouldBe("""
            area(shape, scale) locals 5, depth 2
                0  line 1    JumpIfGiven local 1 target 3
                1  line 1    Constant constant 0
                2  line 1    StoreLocal local 1
                3  line 2    LoadLocal local 0
                4  line 2    GetField sides
                5  line 2    StartLoop local 2
                6  line 2    NextValue local 2 target 22
                7  line 2    Unpack count 2
                8  line 2    StoreLocal local 3
                9  line 2    StoreLocal local 4
               10  line 3    LoadLocal local 3
               11  line 3    Constant constant 1
               12  line 3    Greater
               13  line 3    JumpIfFalse target 21
               14  line 3    LoadLocal local 3
               15  line 3    LoadLocal local 4
               16  line 3    Multiply
               17  line 3    LoadLocal local 1
               18  line 3    Multiply
               19  line 3    Return
               20  line 3    Jump target 21
               21  line 3    Jump target 6
               22  line 3    Constant constant 2
               23  line 3    Return

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_instruction_is_emitted_for_some_program()
    {
        string[] sources = [OtherConstructs, .. BenchProgram.All().Select(program => BenchProgram.Text(program.Name))];

        HashSet<StackOp> emitted = [.. sources.SelectMany(Procs).SelectMany(proc => proc.Code).Select(instruction => instruction.Op)];

        Enum.GetValues<StackOp>().Except(emitted).ShouldBeEmpty();
    }

    [Fact]
    public void Every_instruction_has_a_description() =>
        Enum.GetValues<StackOp>().ShouldAllBe(op => op.Row().Summary.Length > 0);

    [Fact]
    public void Jumps_lead_to_instructions_and_the_stack_is_never_negative()
    {
        foreach (StackProc proc in BenchProgram.All().SelectMany(program => Procs(BenchProgram.Text(program.Name))))
        {
            foreach (StackInstruction instruction in proc.Code.Where(i => i.Op.Row().Operands.EndsWith("target", StringComparison.Ordinal)))
            {
                instruction.B.ShouldBeInRange(0, proc.Code.Length - 1);
            }

            DepthsOf(proc).ShouldAllBe(depth => depth >= 0 && depth <= proc.MaxDepth, proc.Signature.Name);
        }
    }

    /// <summary>The depth before each reachable instruction; two ways to an instruction must agree.</summary>
    private static IEnumerable<int> DepthsOf(StackProc proc)
    {
        int?[] depths = new int?[proc.Code.Length];
        Stack<(int Pc, int Depth)> pending = new([(0, 0), .. proc.Handlers.Select(handler => (handler.Target, handler.Depth + 1))]);
        while (pending.TryPop(out (int Pc, int Depth) next))
        {
            if (depths[next.Pc] is { } known)
            {
                known.ShouldBe(next.Depth, $"{proc.Signature.Name} {next.Pc}\n{StackListing.Of(proc)}");
                continue;
            }

            depths[next.Pc] = next.Depth;
            StackInstruction instruction = proc.Code[next.Pc];
            StackOpAttribute row = instruction.Op.Row();
            if (row.Operands.EndsWith("target", StringComparison.Ordinal))
            {
                pending.Push((instruction.B, next.Depth + row.EffectOfJump(0)));
            }

            if (instruction.Op is not (StackOp.Jump or StackOp.Return or StackOp.Throw or StackOp.NoMatch))
            {
                pending.Push((next.Pc + 1, next.Depth + row.EffectOf(instruction.B)));
            }
        }

        return depths.OfType<int>();
    }

    /// <summary>All procs of a source.</summary>
    private static List<StackProc> Procs(string source)
    {
        StackMachine machine = new(new HostServices());
        StackModule module = StackCompiler.Compile(machine, new SourceText(source, "a.lyra"), LibraryNames.Instance);
        List<StackProc> found = [];
        Collect(module.Main.Proc);
        foreach (Value value in module.Instance.Slots)
        {
            if (value.Ref is StackClosure closure)
            {
                Collect(closure.Proc);
            }
        }

        foreach (StackStruct type in machine.Structs)
        {
            Collect(type.Constructor!.Proc);
            foreach (StackClosure method in type.Methods.Values.Concat(type.Statics.Values))
            {
                Collect(method.Proc);
            }
        }

        return found;

        void Collect(StackProc proc)
        {
            found.Add(proc);
            foreach (StackProc inner in proc.Procs)
            {
                Collect(inner);
            }
        }
    }
}
