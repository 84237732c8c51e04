using System;
using System.Collections.Generic;
using System.Reflection.Metadata;

namespace Lyra.Jit.Emission;

/// <summary>Arithmetic, conversions, comparisons and branches (ECMA-335 III.1.5, tables 2 to 8).</summary>
internal static partial class IlRules
{
    private static void AddNumericRows(Dictionary<ILOpCode, Rule> rows)
    {
        Add(
            rows,
            static (state, in _) => state.Push(PopTwo(state, takesFloat: true)),
            ILOpCode.Add, ILOpCode.Sub, ILOpCode.Mul, ILOpCode.Div, ILOpCode.Rem);
        Add(
            rows,
            static (state, in _) => state.Push(PopTwo(state, takesFloat: false)),
            ILOpCode.And, ILOpCode.Or, ILOpCode.Xor, ILOpCode.Div_un, ILOpCode.Rem_un, ILOpCode.Add_ovf, ILOpCode.Add_ovf_un,
            ILOpCode.Sub_ovf, ILOpCode.Sub_ovf_un, ILOpCode.Mul_ovf, ILOpCode.Mul_ovf_un);
        Add(rows, Shift, ILOpCode.Shl, ILOpCode.Shr, ILOpCode.Shr_un);
        Add(rows, static (state, in _) => state.Push(PopNumber(state, takesFloat: true)), ILOpCode.Neg);
        Add(rows, static (state, in _) => state.Push(PopNumber(state, takesFloat: false)), ILOpCode.Not);
        AddConversions(rows);
        Add(rows, Compare(PopEqual, pushes: true), ILOpCode.Ceq, ILOpCode.Cgt_un);
        Add(rows, Compare(PopOrdered, pushes: true), ILOpCode.Cgt, ILOpCode.Clt, ILOpCode.Clt_un);
    }

    private static void AddConversions(Dictionary<ILOpCode, Rule> rows)
    {
        Add(
            rows,
            Convert(typeof(int)),
            ILOpCode.Conv_i1, ILOpCode.Conv_i2, ILOpCode.Conv_i4, ILOpCode.Conv_u1, ILOpCode.Conv_u2, ILOpCode.Conv_u4,
            ILOpCode.Conv_ovf_i1, ILOpCode.Conv_ovf_i2, ILOpCode.Conv_ovf_i4,
            ILOpCode.Conv_ovf_u1, ILOpCode.Conv_ovf_u2, ILOpCode.Conv_ovf_u4,
            ILOpCode.Conv_ovf_i1_un, ILOpCode.Conv_ovf_i2_un, ILOpCode.Conv_ovf_i4_un, ILOpCode.Conv_ovf_u1_un, ILOpCode.Conv_ovf_u2_un,
            ILOpCode.Conv_ovf_u4_un);
        Add(
            rows,
            Convert(typeof(long)),
            ILOpCode.Conv_i8, ILOpCode.Conv_u8, ILOpCode.Conv_ovf_i8, ILOpCode.Conv_ovf_u8,
            ILOpCode.Conv_ovf_i8_un, ILOpCode.Conv_ovf_u8_un);
        Add(
            rows,
            Convert(typeof(nint)),
            ILOpCode.Conv_i, ILOpCode.Conv_u, ILOpCode.Conv_ovf_i, ILOpCode.Conv_ovf_u, ILOpCode.Conv_ovf_i_un, ILOpCode.Conv_ovf_u_un);
        Add(rows, Convert(typeof(double)), ILOpCode.Conv_r4, ILOpCode.Conv_r8, ILOpCode.Conv_r_un);
    }

    private static void AddBranchRows(Dictionary<ILOpCode, Rule> rows)
    {
        Add(rows, Nothing, ILOpCode.Br);
        Add(rows, Compare(PopEqual, pushes: false), ILOpCode.Beq, ILOpCode.Bne_un);
        Add(
            rows,
            Compare(PopOrdered, pushes: false),
            ILOpCode.Bge, ILOpCode.Bgt, ILOpCode.Ble, ILOpCode.Blt, ILOpCode.Bge_un, ILOpCode.Bgt_un, ILOpCode.Ble_un, ILOpCode.Blt_un);
        Add(rows, Test, ILOpCode.Brtrue, ILOpCode.Brfalse);
        Add(rows, static (state, in _) => state.PopInto(typeof(int)), ILOpCode.Switch);
        Add(rows, Return, ILOpCode.Ret);
        Add(rows, static (state, in _) => state.PopReference(), ILOpCode.Throw);
    }

    private static Rule Convert(Type result) => (state, in _) =>
    {
        PopNumber(state, takesFloat: true);
        state.Push(result);
    };

    private static Rule Compare(Action<IlCheckState> pop, bool pushes) => (state, in _) =>
    {
        pop(state);
        if (pushes)
        {
            state.Push(typeof(int));
        }
    };

    private static IlStackType PopNumber(IlCheckState state, bool takesFloat)
    {
        IlStackType top = state.Pop();
        if (!IsNumber(top, takesFloat))
        {
            state.Fail(takesFloat ? "a number" : "an integer", top.ToString());
        }

        return top;
    }

    private static IlStackType PopTwo(IlCheckState state, bool takesFloat)
    {
        IlStackType right = PopNumber(state, takesFloat);
        IlStackType left = PopNumber(state, takesFloat);
        if (left == right || MixesNative(left, right))
        {
            return left.Kind == IlStackKind.NativeInt ? left : right;
        }

        state.Fail(left.ToString(), right.ToString());
        return left;
    }

    private static void Shift(IlCheckState state, in IlInstruction instruction)
    {
        IlStackType distance = state.Pop();
        if (distance.Kind is not (IlStackKind.Int32 or IlStackKind.NativeInt or IlStackKind.Unknown))
        {
            state.Fail("int32 as the distance", distance.ToString());
        }

        state.Push(PopNumber(state, takesFloat: false));
    }

    private static void PopEqual(IlCheckState state)
    {
        IlStackType right = state.Pop();
        IlStackType left = state.Pop();
        bool agree = left.IsReference
            ? right.IsReference
            : left.Kind == right.Kind ? left.Kind != IlStackKind.Value : MixesNative(left, right);
        if (!agree)
        {
            state.Fail(left.Kind == IlStackKind.Value ? "a number or a reference" : left.ToString(), right.ToString());
        }
    }

    private static void PopOrdered(IlCheckState state)
    {
        IlStackType right = state.Pop();
        IlStackType left = state.Pop();
        bool agree = IsNumber(left, takesFloat: true)
            ? left == right || MixesNative(left, right)
            : left.Kind == IlStackKind.ByRef && right.Kind == left.Kind;
        if (!agree)
        {
            state.Fail(IsNumber(left, takesFloat: true) ? left.ToString() : "two numbers", $"{left} and {right}");
        }
    }

    private static void Test(IlCheckState state, in IlInstruction instruction)
    {
        IlStackType top = state.Pop();
        if (top.Kind is IlStackKind.Float or IlStackKind.Value)
        {
            state.Fail("an integer or a reference", top.ToString());
        }
    }

    private static void Return(IlCheckState state, in IlInstruction instruction)
    {
        Type result = state.Buffer.Signature.Result;
        if (result != typeof(void))
        {
            state.PopInto(result);
        }

        if (state.Depth != 0)
        {
            state.Fail("an empty stack below the result", state.ToString());
        }
    }

    private static bool IsNumber(IlStackType type, bool takesFloat) =>
        type.Kind is IlStackKind.Int32 or IlStackKind.Int64 or IlStackKind.NativeInt or IlStackKind.Unknown
            || (takesFloat && type.Kind == IlStackKind.Float);

    private static bool MixesNative(IlStackType one, IlStackType other) =>
        (one.Kind is IlStackKind.Int32 or IlStackKind.NativeInt && other.Kind is IlStackKind.Int32 or IlStackKind.NativeInt)
        || one.Kind == IlStackKind.Unknown || other.Kind == IlStackKind.Unknown;
}
