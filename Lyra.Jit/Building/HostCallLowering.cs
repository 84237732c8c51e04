using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>
/// Calls of the host's delegates. Their effects are unknown, and none can be repeated: all guards come before the call, and an error in it
/// is raised after it.
/// </summary>
internal sealed class HostCallLowering(BuildParts parts, NumberOperations numbers) : Lowering(parts)
{
    /// <summary>The assumption about an argument that is not recorded, where the host accepts only numbers.</summary>
    private static readonly ObservedType AnyNumber = Numbers();

    /// <summary>A call of a delegate; false when only the interpreter can make it.</summary>
    /// <param name="i">The instruction, whose result goes to R[A].</param>
    /// <param name="proc">The proc.</param>
    /// <param name="adapter">The delegate behind it.</param>
    /// <param name="arguments">The arguments.</param>
    public bool Call(Instruction i, NativeProc proc, DelegateAdapter adapter, IrNode[] arguments)
    {
        if (arguments.Length > NativeArguments.Capacity
            || arguments.Length < proc.Intrinsic.MinArguments || arguments.Length > proc.Intrinsic.MaxArguments)
        {
            return false;
        }

        HostCall? call = HostCall.Directly(proc, adapter, arguments.Length);
        for (int n = 0; call is not null && n < arguments.Length; n++)
        {
            ObservedType? seen = n == 0 ? Profile.B : n == 1 ? Profile.C : null;
            if (Argument(call.Parameters[n], arguments[n], seen) is not { } converted)
            {
                call = null;
                break;
            }

            arguments[n] = converted;
        }

        call ??= HostCall.ByValues(proc);
        State.RequireCallOuts();
        IrNode node = State.Graph.NewNode(IrOp.CallHost, call.ResultType, arguments);
        node.Payload = call;
        node.Exit = Ir.Snapshots.At(Pc);
        Ir.Append(node);
        return Set(i.A, call.ResultType == IrType.None ? Ir.Nil() : node);
    }

    /// <summary>
    /// An argument in the representation that the host's parameter expects; exits when the host would refuse it. Null when it needs a
    /// converter, or is certainly refused.
    /// </summary>
    private IrNode? Argument(Type parameter, IrNode value, ObservedType? seen)
    {
        if (parameter == typeof(LyraValue))
        {
            return Ir.Box(value);
        }

        if (parameter == typeof(float) || parameter == typeof(double))
        {
            ObservedKinds kinds = RecordedKinds.Of(value, seen ?? AnyNumber);
            return RecordedKinds.AreOnly(kinds, RecordedKinds.SmallNumbers) ? numbers.ToFloat(value) : null;
        }

        if (parameter == typeof(string))
        {
            return value.Type == IrType.Str ? value : null;
        }

        // Only ints and bools are left; the recording does not matter.
        bool isBool = parameter == typeof(bool);
        Representation expected = new(isBool ? IrType.Bool : IrType.Int, null);
        IrNode? converted = value.Op is IrOp.ConstNil or IrOp.ConstUnset ? null : Ir.Convert(value, expected);
        if (converted is not null && !isBool && parameter != typeof(long))
        {
            Interval accepted = HostCall.IntervalOf(parameter);
            Ir.Guard(Ir.Emit(IrOp.LeInt, IrType.Bool, Ir.Int(accepted.Min), converted));
            Ir.Guard(Ir.Emit(IrOp.LeInt, IrType.Bool, converted, Ir.Int(accepted.Max)));
        }

        return converted;
    }

    private static ObservedType Numbers()
    {
        ObservedType numbers = new();
        numbers.Add(Value.FromInt(0));
        numbers.Add(Value.FromFloat(0));
        return numbers;
    }
}
