using Lyra.Runtime.Bytecode;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Programs that execute each opcode of jumps and loops.</summary>
internal static class JumpOpcodeExamples
{
    public static readonly OpcodeExample[] All =
    [
        new(Opcode.Jump, """
            proc f(a) { var r = 0; if a { r = 1 } else { r = 2 }; return r }
            print(f(true), f(false))
            """, """
            1 2
            """),
        new(Opcode.JumpIf, """
            proc f(a, b) { return a or b }
            print(f(nil, 2), f(1, 2))
            """, """
            2 1
            """),
        new(Opcode.JumpIfNot, """
            proc f(a) { if a { return 1 }; return 2 }
            print(f(true), f(nil))
            """, """
            1 2
            """),
        new(Opcode.JumpIfNil, """
            proc f(a) { return a?.length() }
            print(f(nil), f([1]))
            """, """
            nil 1
            """),
        new(Opcode.JumpIfNotNil, """
            proc f(a) { return a ?? 5 }
            print(f(nil), f(false))
            """, """
            5 false
            """),
        new(Opcode.JumpIfSet, """
            proc f(a = 5) { return a }
            print(f(), f(nil))
            """, """
            5 nil
            """),
        new(Opcode.JumpEq, """
            proc f(a, b) { if a != b { return 1 }; return 2 }
            print(f(8, 3), f(4, 4))
            """, """
            1 2
            """),
        new(Opcode.JumpNe, """
            proc f(a, b) { if a == b { return 1 }; return 2 }
            print(f(8, 3), f(4, 4))
            """, """
            2 1
            """),
        new(Opcode.JumpNotLt, """
            proc f(a, b) { if a < b { return 1 }; return 2 }
            print(f(8, 3), f(4, 4))
            """, """
            2 2
            """),
        new(Opcode.JumpNotLe, """
            proc f(a, b) { if a <= b { return 1 }; return 2 }
            print(f(8, 3), f(4, 4))
            """, """
            2 1
            """),
        new(Opcode.JumpLt, """
            proc f(a, b) { if not (a < b) { return 1 }; return 2 }
            print(f(8, 3), f(3, 8))
            """, """
            1 2
            """),
        new(Opcode.JumpLe, """
            proc f(a, b) { if not (a <= b) { return 1 }; return 2 }
            print(f(8, 3), f(3, 3))
            """, """
            1 2
            """),
        new(Opcode.JumpEqInt, """
            proc f(a) { if a != 5 { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            1 2
            """),
        new(Opcode.JumpNeInt, """
            proc f(a) { if a == 5 { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            2 1
            """),
        new(Opcode.JumpNotLtInt, """
            proc f(a) { if a < 5 { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            2 2
            """),
        new(Opcode.JumpNotLeInt, """
            proc f(a) { if a <= 5 { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            2 1
            """),
        new(Opcode.JumpNotGtInt, """
            proc f(a) { if a > 5 { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            1 2
            """),
        new(Opcode.JumpNotGeInt, """
            proc f(a) { if a >= 5 { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            1 1
            """),
        new(Opcode.JumpLtInt, """
            proc f(a) { if not (a < 5) { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            1 1
            """),
        new(Opcode.JumpLeInt, """
            proc f(a) { if not (a <= 5) { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            1 2
            """),
        new(Opcode.JumpGtInt, """
            proc f(a) { if not (a > 5) { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            2 1
            """),
        new(Opcode.JumpGeInt, """
            proc f(a) { if not (a >= 5) { return 1 }; return 2 }
            print(f(8), f(5))
            """, """
            2 2
            """),
        new(Opcode.JumpEqConst, """
            proc f(a) { if a != "x" { return 1 }; return 2 }
            print(f("x"), f(5))
            """, """
            2 1
            """),
        new(Opcode.JumpNeConst, """
            proc f(a) { if a == "x" { return 1 }; return 2 }
            print(f("x"), f(5))
            """, """
            1 2
            """),
        new(Opcode.Switch, """
            proc f(a) {
                return match a { 1 => "a", 2 => "b", 3 => "c", 4 => "d", 5 => "e", "x" => "f", _ => "-" }
            }
            print(f(4), f("x"), f(nil))
            """, """
            d f -
            """),
        new(Opcode.LoopHead, """
            var n = 0
            while n < 5 { n += 1 }
            print(n)
            """, """
            5
            """),
        new(Opcode.Charge, """
            struct Same { n; proc __eq(self, other) { return self.n == other } }
            proc f(a) {
                return match a { 1 if false => "a", 2 => "b", 3 => "c", 4 => "d", 5 => "e", "x" => "f", _ => "-" }
            }
            print(f(Same(4)), f(Same("x")), f(Same(nil)))
            """, """
            d f -
            """),
        new(Opcode.ForPrep, """
            var n = 0
            for i in 0..5 { n += i }
            print(n)
            """, """
            10
            """),
        new(Opcode.ForPrepInclusive, """
            var n = 0
            for i in 0..=5 { n += i }
            print(n)
            """, """
            15
            """),
        new(Opcode.ForLoop, """
            var n = 0
            for i in 2..4 { n += i }
            print(n)
            """, """
            5
            """),
        new(Opcode.IterPrep, """
            for c in "ab" { write(c) }
            print()
            """, """
            ab
            """),
        new(Opcode.ForEach, """
            for c in [1, 2] { write(c) }
            print()
            """, """
            12
            """),
        new(Opcode.ForEachPair, """
            for k, v in {"a": 1} { print(k, v) }
            """, """
            a 1
            """),
        new(Opcode.CloseIter, """
            proc g() { try { yield 1 } finally { print("closed") } }
            for x in g() { break }
            print("behind")
            """, """
            closed
            behind
            """),
        new(Opcode.GiveIter, """
            proc g() { try { yield 1; yield 2 } finally { print("closed") } }
            print(g().first())
            print("behind")
            """, """
            closed
            1
            behind
            """),
    ];
}
