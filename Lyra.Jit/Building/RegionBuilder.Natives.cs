using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Runtime;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <content>
/// Calls of library procs: by operations of the IR where the arguments' representations have one, else by the proc's own handler; those that need
/// the interpreter are its to call.
/// </content>
internal sealed partial class RegionBuilder
{
    private bool BuildNativeMethodCall(Instruction i, IrNode receiver, string name)
    {
        if (ValueKindOf(receiver.Type) is not { } kind || LibraryTable.FindMethod(kind, name) is not { } intrinsic)
        {
            return false;
        }

        IrNode[] arguments = new IrNode[i.C + 1];
        arguments[0] = receiver;
        for (int n = 1; n <= i.C; n++)
        {
            arguments[n] = Operand(i.A + n, n == 1 ? Profile.B : n == 2 ? Profile.C : null);
        }

        return BuildNativeCall(i, intrinsic, arguments, Profile.A, Profile.B);
    }

    private bool BuildBuiltinCall(Instruction i) => _scope.Code.Module.Builtins[i.B] is { } proc && BuildNativeValueCall(i, proc);

    /// <param name="i">The call, whose result goes to R[A].</param>
    /// <param name="intrinsic">What is called.</param>
    /// <param name="arguments">The arguments, the receiver of a method first.</param>
    /// <param name="seenFirst">What was seen of the first one.</param>
    /// <param name="seenSecond">What was seen of the second one.</param>
    private bool BuildNativeCall(Instruction i, Intrinsic intrinsic, IrNode[] arguments, ObservedType? seenFirst, ObservedType? seenSecond)
    {
        if (arguments.Length < intrinsic.MinArguments || arguments.Length > intrinsic.MaxArguments || Profile.Raised)
        {
            return false;
        }

        if (arguments is [{ Type: IrType.Any } first] && OnlyLooks(intrinsic) && ShapesOf(seenFirst) is { Count: > 1 } shapes)
        {
            return ByShape(i, first, shapes, instance => BuildNativeCall(i, intrinsic, [instance], null, null));
        }

        if (arguments is [{ Type: IrType.Struct } instance] && intrinsic is { Owner: null, Name: "length" } && HookLength(instance) is { } length)
        {
            return Set(i.A, length);
        }

        if ((arguments.Length > 0 && MayRunScript(intrinsic, arguments[0], seenFirst))
            || (arguments.Length > 1 && !IsAppend(intrinsic, arguments) && MayCallBack(arguments[1], seenSecond)))
        {
            return false;
        }

        IrNode? result = Unboxed(intrinsic, arguments, seenFirst) ?? CallOfHandler(intrinsic, arguments);
        if (result is null)
        {
            return false;
        }

        SetRegister(i.A, result);
        return true;
    }

    /// <summary>Whether a call runs script code for its first argument: by a hook, or because a struct's method of its name takes its place.</summary>
    private static bool MayRunScript(Intrinsic intrinsic, IrNode first, ObservedType? seen) => MayHaveHooks(first, seen)
        && !(first.Type == IrType.Struct && OnlyLooks(intrinsic) && first.Shape!.FindMethod(intrinsic.Name) is null);

    /// <summary>Whether a proc runs no script code, whatever its arguments are.</summary>
    private static bool OnlyLooks(Intrinsic intrinsic) =>
        (intrinsic.Traits & (IntrinsicTraits.Pure | IntrinsicTraits.CallsBack)) == IntrinsicTraits.Pure;

    /// <summary>Whether it puts its second argument at the end of a list, whatever that is.</summary>
    private static bool IsAppend(Intrinsic intrinsic, IrNode[] arguments) =>
        intrinsic.Name == "push" && arguments.Length == 2 && arguments[0].Type == IrType.List;

    /// <summary>Whether a proc may call its second argument: it is one, or a struct with hooks, or an iterator.</summary>
    private static bool MayCallBack(IrNode value, ObservedType? seen) => (KindsOf(value, seen) & ~PlainKinds) != ObservedKinds.None
        && !(value.Type == IrType.Any && seen is null);

    private IrNode? CallOfHandler(Intrinsic intrinsic, IrNode[] arguments)
    {
        NativeKind kind = NativeKinds.Of(intrinsic);
        if (kind == NativeKind.Interpreted || arguments.Length > NativeArguments.Capacity)
        {
            return null;
        }

        IrNode[] inputs = new IrNode[arguments.Length + 1];
        inputs[0] = Object(intrinsic.Proc);
        arguments.CopyTo(inputs, 1);
        return Call(kind == NativeKind.Reading ? RegionHelpers.CallReading : RegionHelpers.CallWriting, inputs);
    }

    /// <summary>The kind whose methods a representation has; null for the representations that have none of the library's.</summary>
    private static ValueKind? ValueKindOf(IrType type) => type switch
    {
        IrType.Int or IrType.BigInt => ValueKind.Int,
        IrType.Float => ValueKind.Float,
        IrType.Bool => ValueKind.Bool,
        IrType.Str => ValueKind.Str,
        IrType.List => ValueKind.List,
        IrType.Map => ValueKind.Map,
        IrType.Set => ValueKind.Set,
        IrType.Tuple => ValueKind.Tuple,
        IrType.Range => ValueKind.Range,
        IrType.Bytes => ValueKind.Bytes,
        _ => null,
    };
}
