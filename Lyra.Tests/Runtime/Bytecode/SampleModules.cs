using Lyra.Runtime.Bytecode;
using Lyra.Testing;

namespace Lyra.Tests.Runtime.Bytecode;

/// <summary>Modules written by hand for the tests of printing, verifying and storing.</summary>
internal static class SampleModules
{
    /// <summary>Uses every table of the format, in verifiable code.</summary>
    public const string Everything = """
        module "lib/every thing.lyra"
          variable m0 proc total pub
          variable m1 struct Point pub
          variable m2 var count
          variable m3 let "odd name"
          variable m4 import util
          external x0 rate at 3:5 length 4
          external x1 log at 4:1 length 3 assigned
          builtin n0 print
          builtin n1 math.sqrt

        proc 0 <module> module
          registers 12
          cost 17
          constant k0 "util"
          constant k1 "a\"b\\\n\t\u{1f}é"
          constant k2 123456789012345678901234567890
          constant k3 -0.0
          constant k4 nan<7ff8000000000001>
          constant k5 inf
          constant k6 1E-05
          constant k7 true
          constant k8 nil
          constant k9 -7
          constant k10 (1, ("x", nil), (), (2.5))
          site s0 length
          site s1 "strange name"
          type t0 list(int) for "variable xs"
          type t1 map(str, list(any))? for "variable m"
          type t2 struct Point m1
          type t3 struct Pair m4 member Pair
          type t4 tuple(int, float?)
          call d0 names w, "a b"
          call d1 spread
          loop l0 body L18 cost 3
          loop l1 body again cost 2
          loop l2 body each cost 4
          switch z0 default L44
            case 1 L45
            case "two" L43
            case 99999999999999999999 L44
          struct y0 Point constructor p1
            field x type t0
            field y default
            method length p2 self
            method origin p3
          handler catch from L31 to L33 at L34 register r3
          handler closeiterator from each to L30 at L30 register r4
          code
        ;     1  import "util"
            0    1:1   NewClosure    r0, p0
            1    1:1   SetModule     r0, m0
            2    2:1   NewStructType r0, y0
            3    2:1   SetModule     r0, m1
            4    3:1   Import        r0, k0
                       SetModule     r0, m4
            6    3:9   LoadInt       r0, -100000
                       SetModule     r0, m2
                       LoadConst     r1, k1
            9          LoadConst     r2, k2
           10          AddConst      r2, r2, k3
           11          AddInt        r2, r2, -5
           12          NewTyped      r5, t0
           13          CheckSlot     r5, t0
           14    5:1   LoadInt       r6, 0
           15          LoadInt       r7, 10
           16          ForPrep       r6, L19
           17          Nop
        L18:
           18          ForLoop       r6, l0, L18
        L19:
        again:
           19          LoopHead      l1
           20          JumpIfNot     r2, out
           21          JumpEqInt     r2, -1, out
           22          Jump          again
        out:
           23          IterPrep      r4, r5, 1
           24          Jump          step
        each:
           25          Move          r8, r7
           26          CallBuiltin   r9, n0, 0
           27          JumpIf        r7, leave
        step:
           28          ForEach       r4, l2, each
        leave:
           29          CloseIter     r4
           30          Nop
           31          GetField      r3, r1, s0
           32          CallMethod    r3, s1, 0
           33          Jump          after
           34          Throw         r3
        after:
           35          GetModule     r8, m0
           36          LoadInt       r9, 1
           37          LoadInt       r10, 2
           38          CallEx        r8, d0, 2
           39          GetModule     r8, m0
           40          NewList       r9, r0, 2
           41          Spawn         r8, d1, 1
        one:
           42          Switch        r0, z0
           43          GetExternal   r3, x0
           44          SetExternal   r0, x1
           45          Await         r3, r0
           46          TestType      r3, r0, t2
           47          ReturnNil

        proc 1 total normal in 0
          registers 6
          cost 4
          parameter first
          parameter second default
          parameter others rest
          code
                 9:1   JumpIfSet     r1, given
                       LoadInt       r1, 3
        given:
                       NewUpvalue    r0
                       NewClosure    r3, p0
                       LoadUpvalue   r4, r0
                       Add           r4, r4, r1
                       StoreUpvalue  r0, r4
                       Return        r3

        proc 2 <lambda> generator in 1
          registers 2
          cost 1
          capture v0 first from r0
          capture v1 second from r1
          code
                12:1   GetUpvalue    r0, v0
                       GetCapture    r1, v1
                       SetUpvalue    r1, v0
                       Yield         r0
                       ReturnNil

        proc 3 Point constructor in 0
          registers 3
          cost 3
          parameter x
          parameter y default
          type t0 list(int) for "parameter x"
          code
                       CheckSlot     r0, t0
                       JumpIfSet     r1, given
                       LoadNil       r1
        given:
                       MakeStruct    r2, m1, 2
                       Return        r2

        proc 4 Point.length normal in 0
          registers 2
          cost 2
          parameter self
          constant k0 2.5
          code
                       MulConst      r1, r0, k0
                       Return        r1

        proc 5 Point.origin normal in 0
          registers 3
          cost 2
          code
                       LoadInt       r1, 0
                       LoadUnset     r2
                       NewStruct     r0, m1, 2
                       Return        r0
        """;

    public static CompiledModule ParseEverything() => Assembler.Parse(Everything);

    /// <summary>A module whose main prototype has the given lines; four registers, cost 1.</summary>
    public static CompiledModule WithMain(string rows, string code, string head = "") => Assembler.Parse(
        $"module \"t.lyra\"\n{head}\nproc 0 <module> module\nregisters 8\ncost 1\n{rows}\ncode\n{code}");
}
