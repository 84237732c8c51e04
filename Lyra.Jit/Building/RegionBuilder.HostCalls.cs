using System;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Lyra.Jit.Recording;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>
/// Calls of the host's delegates. What they do is not known, and nothing of it can be done twice: guards stand before the call, and whatever goes wrong in it
/// is raised behind it.
/// </content>
internal sealed partial class RegionBuilder
{
    /// <summary>Calls a proc in C# as a value: a delegate of the host or a library proc.</summary>
    private bool BuildNativeValueCall(Instruction i, NativeProc proc)
    {
        IrNode[] arguments = NativeArgumentsFrom(i.A + 1, i.C);
        return DelegateAdapter.Of(proc.Intrinsic) is { } adapter
            ? BuildHostCall(i, proc, adapter, arguments, Profile.B, Profile.C)
            : BuildNativeCall(i, proc.Intrinsic, arguments, Profile.B, Profile.C);
    }

    private IrNode[] NativeArgumentsFrom(int first, int count)
    {
        IrNode[] arguments = new IrNode[count];
        for (int n = 0; n < count; n++)
        {
            arguments[n] = Operand(first + n, n == 0 ? Profile.B : n == 1 ? Profile.C : null);
        }

        return arguments;
    }

    /// <param name="i">The call, whose result goes to R[A].</param>
    /// <param name="proc">What is called.</param>
    /// <param name="adapter">The delegate behind it.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="seenFirst">What was seen of the first one.</param>
    /// <param name="seenSecond">What was seen of the second one.</param>
    private bool BuildHostCall(Instruction i, NativeProc proc, DelegateAdapter adapter, IrNode[] arguments, ObservedType? seenFirst, ObservedType? seenSecond)
    {
        // The frames of a proc's callers are in native code, where the host could not look at them.
        if (_profile.Kind == RegionKind.Entry || arguments.Length > NativeArguments.Capacity
            || arguments.Length < proc.Intrinsic.MinArguments || arguments.Length > proc.Intrinsic.MaxArguments)
        {
            return false;
        }

        HostCall? call = HostCall.Directly(proc, adapter, arguments.Length);
        for (int n = 0; call is not null && n < arguments.Length; n++)
        {
            if (HostArgument(call.Parameters[n], arguments[n], n == 0 ? seenFirst : n == 1 ? seenSecond : null) is not { } converted)
            {
                call = null;
                break;
            }

            arguments[n] = converted;
        }

        call ??= HostCall.ByValues(proc);
        IrNode node = _graph.NewNode(IrOp.CallHost, call.ResultType, arguments);
        node.Payload = call;
        node.Exit = NewSnapshot(_pc);
        Append(node);
        SetRegister(i.A, call.ResultType == IrType.None ? Nil() : node);
        return true;
    }

    /// <summary>
    /// An argument in the representation that a parameter of the host takes; exits when the host would refuse it. Null when it needs a converter, or is refused
    /// for certain.
    /// </summary>
    private IrNode? HostArgument(Type parameter, IrNode value, ObservedType? seen)
    {
        if (parameter == typeof(LyraValue))
        {
            return Box(value);
        }

        if (parameter == typeof(float) || parameter == typeof(double))
        {
            return AreOnly(KindsOf(value, seen ?? AnyNumber), SmallNumbers) ? NumberToFloat(value) : null;
        }

        if (parameter == typeof(string))
        {
            return value.Type == IrType.Str ? value : null;
        }

        // Nothing else is taken, whatever was seen.
        bool isBool = parameter == typeof(bool);
        IrNode? converted = value.Op is IrOp.ConstNil or IrOp.ConstUnset ? null : Convert(value, new Representation(isBool ? IrType.Bool : IrType.Int, null));
        if (converted is not null && !isBool && parameter != typeof(long))
        {
            Interval taken = HostCall.IntervalOf(parameter);
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LeInt, IrType.Bool, Int(taken.Min), converted));
            Guarded(IrOp.Guard, IrType.None, Emit(IrOp.LeInt, IrType.Bool, converted, Int(taken.Max)));
        }

        return converted;
    }

    /// <summary>What stands for an argument that no recording looks at, where the host takes nothing but numbers.</summary>
    private static readonly ObservedType AnyNumber = Numbers();

    private static ObservedType Numbers()
    {
        ObservedType numbers = new();
        numbers.Add(Runtime.Values.Value.FromInt(0));
        numbers.Add(Runtime.Values.Value.FromFloat(0));
        return numbers;
    }
}
