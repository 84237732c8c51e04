using Lyra.Runtime.Bytecode;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Programs that execute each opcode of registers, variables and operators.</summary>
internal static class OperatorOpcodeExamples
{
    public static readonly OpcodeExample[] All =
    [
        new(Opcode.Move, """
            proc f(a) { var b = a; b += 1; return (a, b) }
            print(f(1))
            """, """
            (1, 2)
            """, 0),
        new(Opcode.LoadConst, """
            var s = "text"
            print(s)
            """, """
            text
            """),
        new(Opcode.LoadInt, """
            var n = 7
            print(n)
            """, """
            7
            """),
        new(Opcode.LoadNil, """
            var n = nil
            print(n)
            """, """
            nil
            """),
        new(Opcode.LoadBool, """
            var a = true
            var b = false
            print(a, b)
            """, """
            true false
            """),
        new(Opcode.LoadUnset, """
            proc f(a = 1, b = 2) { return a + b }
            print(f(b: 5))
            """, """
            6
            """),
        new(Opcode.GetModule, """
            var n = 1
            proc f() { return n }
            print(f())
            """, """
            1
            """),
        new(Opcode.SetModule, """
            var n = 1
            proc f() { n = 2 }
            f()
            print(n)
            """, """
            2
            """),
        new(Opcode.GetExternal, """
            print(host_value)
            """, """
            42
            """),
        new(Opcode.SetExternal, """
            host_value = 43
            print(host_value)
            """, """
            43
            """),
        new(Opcode.GetBuiltin, """
            var f = length
            print(f([1, 2]))
            """, """
            2
            """),
        new(Opcode.GetCapture, """
            proc adder(n) { return x => x + n }
            print(adder(3)(4))
            """, """
            7
            """),
        new(Opcode.GetUpvalue, """
            proc counter() { var n = 0; return () => { n += 1; return n } }
            var c = counter()
            c()
            print(c())
            """, """
            2
            """),
        new(Opcode.SetUpvalue, """
            proc counter() { var n = 0; return () => { n += 2; return n } }
            var c = counter()
            c()
            print(c())
            """, """
            4
            """),
        new(Opcode.NewUpvalue, """
            proc f() { var n = 1; var g = () => { n = 5 }; g(); return n }
            print(f())
            """, """
            5
            """),
        new(Opcode.NewUnsetUpvalue, """
            proc f() {
                proc a(n) { if n == 0 return "end"; return b(n - 1) }
                proc b(n) { return a(n) }
                return a(3)
            }
            print(f())
            """, """
            end
            """),
        new(Opcode.LoadUpvalue, """
            proc f() { var n = 1; var g = () => { n += 5 }; g(); return n + 1 }
            print(f())
            """, """
            7
            """),
        new(Opcode.StoreUpvalue, """
            proc f() { var n = 1; var g = () => n; n = 9; return g() }
            print(f())
            """, """
            9
            """),
        new(Opcode.Add, """
            proc f(a, b) { return a + b }
            print(f(8, 3))
            """, """
            11
            """),
        new(Opcode.Sub, """
            proc f(a, b) { return a - b }
            print(f(8, 3))
            """, """
            5
            """),
        new(Opcode.Mul, """
            proc f(a, b) { return a * b }
            print(f(8, 3))
            """, """
            24
            """),
        new(Opcode.Div, """
            proc f(a, b) { return a / b }
            print(f(8, 3))
            """, """
            2
            """),
        new(Opcode.Mod, """
            proc f(a, b) { return a % b }
            print(f(8, 3))
            """, """
            2
            """),
        new(Opcode.Pow, """
            proc f(a, b) { return a ** b }
            print(f(8, 3))
            """, """
            512
            """),
        new(Opcode.BitAnd, """
            proc f(a, b) { return a & b }
            print(f(8, 3))
            """, """
            0
            """),
        new(Opcode.BitOr, """
            proc f(a, b) { return a | b }
            print(f(8, 3))
            """, """
            11
            """),
        new(Opcode.BitXor, """
            proc f(a, b) { return a ^ b }
            print(f(8, 3))
            """, """
            11
            """),
        new(Opcode.Shl, """
            proc f(a, b) { return a << b }
            print(f(8, 3))
            """, """
            64
            """),
        new(Opcode.Shr, """
            proc f(a, b) { return a >> b }
            print(f(8, 3))
            """, """
            1
            """),
        new(Opcode.AddInt, """
            proc f(a) { return a + 5 }
            print(f(8))
            """, """
            13
            """),
        new(Opcode.SubInt, """
            proc f(a) { return a - 5 }
            print(f(8))
            """, """
            3
            """),
        new(Opcode.MulInt, """
            proc f(a) { return a * 5 }
            print(f(8))
            """, """
            40
            """),
        new(Opcode.DivInt, """
            proc f(a) { return a / 5 }
            print(f(8))
            """, """
            1
            """),
        new(Opcode.ModInt, """
            proc f(a) { return a % 5 }
            print(f(8))
            """, """
            3
            """),
        new(Opcode.BitAndInt, """
            proc f(a) { return a & 5 }
            print(f(8))
            """, """
            0
            """),
        new(Opcode.ShlInt, """
            proc f(a) { return a << 5 }
            print(f(8))
            """, """
            256
            """),
        new(Opcode.ShrInt, """
            proc f(a) { return a >> 5 }
            print(f(8))
            """, """
            0
            """),
        new(Opcode.AddConst, """
            proc f(a) { return a + 2.5 }
            print(f(8))
            """, """
            10.5
            """),
        new(Opcode.SubConst, """
            proc f(a) { return a - 2.5 }
            print(f(8))
            """, """
            5.5
            """),
        new(Opcode.MulConst, """
            proc f(a) { return a * 2.5 }
            print(f(8))
            """, """
            20.0
            """),
        new(Opcode.DivConst, """
            proc f(a) { return a / 2.5 }
            print(f(8))
            """, """
            3.2
            """),
        new(Opcode.Neg, """
            proc f(a) { return -a }
            print(f(8), f(-2.5))
            """, """
            -8 2.5
            """),
        new(Opcode.BitNot, """
            proc f(a) { return ~a }
            print(f(8))
            """, """
            -9
            """),
        new(Opcode.Not, """
            proc f(a) { return not a }
            print(f(nil), f(0))
            """, """
            true false
            """),
        new(Opcode.Concat, """
            proc f(a) { return "<${a}|${a}>" }
            print(f([1, "x"]))
            """, """
            <[1, "x"]|[1, "x"]>
            """),
        new(Opcode.Eq, """
            proc f(a, b) { return a == b }
            print(f(8, 3), f(4, 4))
            """, """
            false true
            """),
        new(Opcode.Ne, """
            proc f(a, b) { return a != b }
            print(f(8, 3), f(4, 4))
            """, """
            true false
            """),
        new(Opcode.Lt, """
            proc f(a, b) { return a < b }
            print(f(8, 3), f(4, 4))
            """, """
            false false
            """),
        new(Opcode.Le, """
            proc f(a, b) { return a <= b }
            print(f(8, 3), f(4, 4))
            """, """
            false true
            """),
        new(Opcode.Is, """
            proc f(a, b) { return a is b }
            print(f(8, 3), f(4, 4))
            """, """
            false true
            """),
        new(Opcode.In, """
            proc f(a, b) { return a in b }
            print(f(1, [1]), f("z", "abc"))
            """, """
            true false
            """),
    ];
}
