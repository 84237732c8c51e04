using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>
/// Calls of procs in C#. A library proc becomes IR operations where the arguments' representations allow it, otherwise a call of its
/// handler. The interpreter calls the procs that need it.
/// </summary>
internal sealed class NativeCallLowering(
    BuildParts parts, IntrinsicLowering intrinsics, HostCallLowering hostCalls, HookLowering hooks, ShapeArms arms) : Lowering(parts)
{
    public bool CallBuiltin(Instruction i) =>
        Frame.Code.Module.Builtins[i.B] is { } proc && CallValue(i, proc, Registers.Range(i.A + 1, i.C));

    public bool CallMethod(Instruction i, IrNode receiver, string name)
    {
        if (MethodOf(receiver, name) is not { } intrinsic)
        {
            return false;
        }

        IrNode[] arguments = new IrNode[i.C + 1];
        arguments[0] = receiver;
        for (int n = 1; n <= i.C; n++)
        {
            arguments[n] = Registers.Operand(i.A + n, n == 1 ? Profile.B : n == 2 ? Profile.C : null);
        }

        return Call(i, intrinsic, arguments, Profile.A, Profile.B);
    }

    /// <summary>The library's method for a receiver; null if it has none, or its kind is not known.</summary>
    public static Intrinsic? MethodOf(IrNode receiver, string name) =>
        KindTypes.KindOf(receiver.Type) is { } kind && KindInfo.Of(kind).Has(KindTraits.Methods)
            ? LibraryTable.FindMethod(kind, name) : null;

    /// <summary>A call of a value that is a proc in C#: a delegate of the host or a library proc.</summary>
    /// <param name="i">The instruction, whose result goes to R[A].</param>
    /// <param name="proc">The proc.</param>
    /// <param name="values">The arguments.</param>
    public bool CallValue(Instruction i, NativeProc proc, IrNode[] values)
    {
        IrNode[] arguments = Narrowed(values);
        return DelegateAdapter.Of(proc.Intrinsic) is not null || proc.Intrinsic.Overloads.Length > 0
            ? hostCalls.Call(i, proc, arguments)
            : Call(i, proc.Intrinsic, arguments, Profile.B, Profile.C);
    }

    /// <summary>A call of a library method, whose receiver is the first argument.</summary>
    public bool CallMethod(Instruction i, Intrinsic method, IrNode[] arguments) =>
        !method.IsScripted(arguments.Length) && Call(i, method, arguments, null, Profile.B);

    private IrNode[] Narrowed(IrNode[] values)
    {
        IrNode[] arguments = new IrNode[values.Length];
        for (int n = 0; n < values.Length; n++)
        {
            arguments[n] = Registers.Narrow(values[n], n == 0 ? Profile.B : n == 1 ? Profile.C : null);
        }

        return arguments;
    }

    /// <summary>A call of a library proc.</summary>
    /// <param name="i">The instruction, whose result goes to R[A].</param>
    /// <param name="intrinsic">The proc.</param>
    /// <param name="arguments">The arguments, the receiver of a method first.</param>
    /// <param name="seenFirst">The recording of the first argument.</param>
    /// <param name="seenSecond">The recording of the second argument.</param>
    private bool Call(Instruction i, Intrinsic intrinsic, IrNode[] arguments, ObservedType? seenFirst, ObservedType? seenSecond)
    {
        bool hasRightCount = arguments.Length >= intrinsic.MinArguments && arguments.Length <= intrinsic.MaxArguments;
        if (!hasRightCount || Profile.Raised || Profile.HasHookedElements)
        {
            return false;
        }

        if (arguments is [{ Type: IrType.Any } first] && IsPure(intrinsic) && ShapeArms.ShapesOf(seenFirst) is { Count: > 1 } shapes)
        {
            return arms.ByShape(i, first, shapes, instance => Call(i, intrinsic, [instance], null, null));
        }

        if (intrinsics.Inspect(intrinsic.Id, arguments) is { } known)
        {
            return Set(i.A, known);
        }

        if (intrinsic.Id == IntrinsicId.TypeName && !MayReplaceType(arguments[0], seenFirst))
        {
            return Set(i.A, intrinsics.Lower(intrinsic.Id, arguments, seenFirst)!);
        }

        if (intrinsic.Id == IntrinsicId.Length && arguments is [{ Type: IrType.Struct } instance]
            && hooks.Length(instance, intrinsic) is { } length)
        {
            return Set(i.A, length);
        }

        if (intrinsic.Id == IntrinsicId.Length && HostListAccess.Of(arguments[0], seenFirst) is { } list)
        {
            return Set(i.A, list.Count(Ir, arguments[0]));
        }

        if (!IsCheck(intrinsic)
            && ((arguments.Length > 0 && MayRunScript(intrinsic, arguments[0], seenFirst))
                || (arguments.Length > 1 && !Stores(intrinsic, arguments) && MayCallBack(intrinsic, arguments[1], seenSecond))))
        {
            return false;
        }

        return SetIfAny(i.A, intrinsics.Lower(intrinsic.Id, arguments, seenFirst) ?? CallHandler(intrinsic, arguments));
    }

    /// <summary>
    /// True when a call may run script code for its first argument: a hook, or a struct's method that replaces the builtin.
    /// </summary>
    private static bool MayRunScript(Intrinsic intrinsic, IrNode first, ObservedType? seen) => RecordedKinds.MayHaveHooks(first, seen)
        && !(first.Type == IrType.Struct && IsPure(intrinsic) && first.Shape!.FindMethod(intrinsic.Name) is null);

    /// <summary>True when a method of an instance replaces <c>type</c>; false where that was not recorded.</summary>
    private static bool MayReplaceType(IrNode value, ObservedType? seen)
    {
        bool replaces = value is { Type: IrType.Struct, Shape.ReplacesType: true };
        for (int n = 0; value.Type == IrType.Any && seen is not null && n < seen.Shapes.Count; n++)
        {
            replaces |= seen.Shapes[n].ReplacesType;
        }

        return replaces;
    }

    /// <summary>True when a proc runs no script code, whatever its arguments are.</summary>
    private static bool IsPure(Intrinsic intrinsic) =>
        intrinsic.Has(IntrinsicTraits.Pure) && !intrinsic.Has(IntrinsicTraits.CallsBack);

    /// <summary>True when the proc only looks whether its first argument can be called.</summary>
    private static bool IsCheck(Intrinsic intrinsic) => intrinsic.Id is IntrinsicId.CheckProc or IntrinsicId.IsGiven;

    /// <summary>True when the proc only stores its second argument, whatever that is: in a list or a channel.</summary>
    private static bool Stores(Intrinsic intrinsic, IrNode[] arguments) =>
        (intrinsic.Id == IntrinsicId.Push && arguments.Length == 2 && arguments[0].Type == IrType.List)
        || (intrinsic.Id == IntrinsicId.ChannelSend && arguments[0].Type == IrType.Channel);

    /// <summary>True when a proc may call its second argument: a proc, an instance with hooks, or an iterator.</summary>
    private static bool MayCallBack(Intrinsic intrinsic, IrNode value, ObservedType? seen) =>
        RecordedKinds.SawHooks(value, seen, intrinsic.Traits) && !(value.Type == IrType.Any && seen is null);

    /// <summary>A call of a library proc's handler; null when only the interpreter can call it.</summary>
    private IrNode? CallHandler(Intrinsic intrinsic, IrNode[] arguments)
    {
        bool isRestartable = intrinsic.Has(IntrinsicTraits.Restartable);
        if (!(isRestartable || intrinsic.Has(IntrinsicTraits.WritesFirstArgument)) || arguments.Length > NativeArguments.Capacity)
        {
            return null;
        }

        IrNode[] inputs = new IrNode[arguments.Length + 1];
        inputs[0] = Ir.Object(intrinsic.Proc);
        arguments.CopyTo(inputs, 1);
        return Ir.Call(isRestartable ? RegionHelpers.CallNative : RegionHelpers.CallChangingNative, inputs);
    }
}
