using Lyra.Runtime.Bytecode;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Programs that execute each opcode of containers, calls, patterns, errors and tasks.</summary>
internal static class ObjectOpcodeExamples
{
    public static readonly OpcodeExample[] All =
    [
        new(Opcode.GetField, """
            struct P { x }
            print(P(4).x)
            """, """
            4
            """),
        new(Opcode.SetField, """
            struct P { x }
            var p = P(4)
            p.x = 5
            print(p)
            """, """
            P{x: 5}
            """),
        new(Opcode.GetIndex, """
            proc f(a, i) { return a[i] }
            print(f([1, 2], 1))
            """, """
            2
            """),
        new(Opcode.GetIndexInt, """
            proc f(a) { return a[1] }
            print(f("ab"))
            """, """
            b
            """),
        new(Opcode.SetIndex, """
            var m = {}
            m["k"] = 1
            print(m)
            """, """
            {"k": 1}
            """),
        new(Opcode.Slice, """
            proc f(a) { return a[1..] }
            print(f([1, 2, 3]))
            """, """
            [2, 3]
            """),
        new(Opcode.NewList, """
            proc f(a) { return [a, a] }
            print(f(1))
            """, """
            [1, 1]
            """),
        new(Opcode.NewTyped, """
            var xs: [i8]
            xs.push(200)
            print(xs)
            """, """
            [-56]
            """),
        new(Opcode.NewTuple, """
            proc f(a) { return (a, 2) }
            print(f(1))
            """, """
            (1, 2)
            """),
        new(Opcode.NewMap, """
            proc f(a) { return {a: 1, 2: a} }
            print(f(7))
            """, """
            {7: 1, 2: 7}
            """),
        new(Opcode.NewRange, """
            proc f(a) { return a..5 }
            print(f(1))
            """, """
            1..5
            """),
        new(Opcode.NewRangeInclusive, """
            proc f(a) { return a..=5 }
            print(f(1))
            """, """
            1..=5
            """),
        new(Opcode.Append, """
            proc f(...xs) { return xs }
            print(f(...[1], 2))
            """, """
            [1, 2]
            """),
        new(Opcode.Extend, """
            proc f(...xs) { return xs }
            print(f(...[1], ...(2, 3)))
            """, """
            [1, 2, 3]
            """),
        new(Opcode.Spread, """
            proc f(...xs) { return xs }
            print(f(...[1, 2]), f(...(3, 4)))
            """, """
            [1, 2] [3, 4]
            """),
        new(Opcode.SetElementType, """
            var xs: [u8] = [255, 256]
            xs[0] += 1
            print(xs)
            """, """
            [0, 0]
            """),
        new(Opcode.Unpack, """
            proc f(t) { var (a, b) = t; return b }
            print(f((1, 2)))
            """, """
            2
            """),
        new(Opcode.NewClosure, """
            var f = x => x * 2
            print(f(4))
            """, """
            8
            """),
        new(Opcode.NewStructType, """
            struct P { x }
            print(type(P(1)))
            """, """
            P
            """),
        new(Opcode.Call, """
            proc f(g) { return g(1) }
            print(f(x => x + 1))
            """, """
            2
            """),
        new(Opcode.CallProc, """
            proc f(a) { return a }
            print(f(1))
            """, """
            1
            """),
        new(Opcode.CallBuiltin, """
            print(length("abc"))
            """, """
            3
            """),
        new(Opcode.CallMethod, """
            print("abc".upper())
            """, """
            ABC
            """),
        new(Opcode.CallEx, """
            var g = (a, b) => a - b
            print(g(...[5, 3]))
            """, """
            2
            """),
        new(Opcode.LoadMethod, """
            print("a,b".split(...[","]))
            """, """
            ["a", "b"]
            """),
        new(Opcode.NewStruct, """
            struct P { x; y = 2 }
            print(P(1, 5), P(1))
            """, """
            P{x: 1, y: 5} P{x: 1, y: 2}
            """),
        new(Opcode.MakeStruct, """
            struct P { x; y = 2 }
            print(P(1))
            """, """
            P{x: 1, y: 2}
            """),
        new(Opcode.Return, """
            proc f() { return 3 }
            print(f())
            """, """
            3
            """),
        new(Opcode.ReturnNil, """
            proc f() { }
            print(f())
            """, """
            nil
            """),
        new(Opcode.CheckSlot, """
            var x: i8 = 100
            x += 100
            print(x)
            """, """
            -56
            """),
        new(Opcode.TestType, """
            proc f(v) { return match v { n: int => "i", s: str => "s", _ => "-" } }
            print(f(1), f("a"), f(nil))
            """, """
            i s -
            """),
        new(Opcode.TestList, """
            proc f(v) { return match v { [a, b] => a, _ => "-" } }
            print(f([1, 2]), f([1]), f((1, 2)))
            """, """
            1 - -
            """),
        new(Opcode.TestListPrefix, """
            proc f(v) { return match v { [a, ...r] => r, _ => "-" } }
            print(f([1, 2]), f([]))
            """, """
            [2] -
            """),
        new(Opcode.TestTuple, """
            proc f(v) { return match v { (a, b) => b, _ => "-" } }
            print(f((1, 2)), f([1, 2]))
            """, """
            2 -
            """),
        new(Opcode.TestTuplePrefix, """
            proc f(v) { return match v { (a, ...) => a, _ => "-" } }
            print(f((1, 2)), f(()))
            """, """
            1 -
            """),
        new(Opcode.FindType, """
            struct P { x }
            proc f(v) { return match v { [a] => a, (a, b) => b, {"k": x} => x, P{x} => x, _ => "-" } }
            print(f([1]), f((1, 2)), f({"k": 3}), f(P(4)), f(nil))
            """, """
            1 2 3 4 -
            """),
        new(Opcode.TestMap, """
            proc f(v) { return match v { {"k": x} => x, _ => "-" } }
            print(f({"k": 1}), f({"k": 1, "l": 2}))
            """, """
            1 -
            """),
        new(Opcode.TestMapPrefix, """
            proc f(v) { return match v { {"k": x, ...} => x, _ => "-" } }
            print(f({"k": 1, "l": 2}), f({}))
            """, """
            1 -
            """),
        new(Opcode.TestRange, """
            proc f(v) { return match v { 0..10 => "in", _ => "out" } }
            print(f(5), f(5.0), f(5.5), f(10), f("x"))
            """, """
            in in out out out
            """),
        new(Opcode.Length, """
            proc f(v) { return match v { [a, ..., z] => z, _ => "-" } }
            print(f([1, 2, 3]))
            """, """
            3
            """),
        new(Opcode.Throw, """
            try { throw error("K", "m") } catch e { print(e) }
            """, """
            K: m
            """),
        new(Opcode.EndFinally, """
            proc f() { try { return 1 } finally { print("f") } }
            print(f())
            """, """
            f
            1
            """),
        new(Opcode.NoMatch, """
            try { match 5 { 6 => 1 } } catch e { print(e.kind) }
            """, """
            MatchError
            """),
        new(Opcode.Yield, """
            proc g() { yield 1; yield 2 }
            print(list(g()))
            """, """
            [1, 2]
            """),
        new(Opcode.Await, """
            async proc f() { await sleep(0); return 4 }
            print(await f())
            """, """
            4
            """),
        new(Opcode.Spawn, """
            proc f(a) { return a + 1 }
            print(await spawn f(1))
            """, """
            2
            """),
        new(Opcode.Import, """
            import math
            import "lib" as l
            print(math.floor(1.5), l.v)
            """, """
            1 5
            """),
        new(Opcode.ImportName, """
            import { v } from "lib"
            print(v)
            """, """
            5
            """),
    ];
}
