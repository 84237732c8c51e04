using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The instructions that test a value for a pattern, or choose an arm of a match by its type. They raise nothing.</summary>
internal static class PatternInstructions
{
    /// <summary>Executes one of them.</summary>
    public static void Execute(in Instruction i, ref Value registers, LinkedPrototype linked)
    {
        ref Value target = ref Unsafe.Add(ref registers, (nint)i.A);
        ref Value subject = ref Unsafe.Add(ref registers, (nint)i.B);
        switch (i.Op)
        {
            case Opcode.TestRange:
                target.SetBool(IsInRange(subject, Unsafe.Add(ref registers, (nint)i.C)));
                return;
            case Opcode.Length:
                target.SetInt(Length(subject));
                return;
            case Opcode.FindType:
                target.SetInt(TypeChoice.Of(linked.SlotType(i.C)).IndexOf(subject));
                return;
            default:
                target.SetBool(Matches(i, subject, linked));
                return;
        }
    }

    /// <summary>Whether a value lies in a range; false if the second value is none.</summary>
    public static bool IsInRange(in Value value, in Value range) => range.Ref is RangeObject r && r.Contains(value);

    private static bool Matches(in Instruction i, in Value value, LinkedPrototype linked) => i.Op switch
    {
        Opcode.TestType => SlotCheck.Matches(linked.SlotType(i.C), value),
        Opcode.TestList => PatternCounts.OfList(value.Ref) == i.C,
        Opcode.TestListPrefix => PatternCounts.OfList(value.Ref) >= i.C,
        Opcode.TestTuple => PatternCounts.OfTuple(value.Ref) == i.C,
        Opcode.TestTuplePrefix => PatternCounts.OfTuple(value.Ref) >= i.C,
        Opcode.TestMap => PatternCounts.OfMap(value.Ref) == i.C,
        _ => PatternCounts.OfMap(value.Ref) >= i.C,
    };

    /// <summary>The length of a value that a pattern destructures; 0 for anything else.</summary>
    private static long Length(in Value value) => value.Ref switch
    {
        ListObject list => list.Count,
        HostList list => list.Count,
        ScriptString text => text.Length,
        TupleObject tuple => tuple.Count,
        _ => 0,
    };
}
