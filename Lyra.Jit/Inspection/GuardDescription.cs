using System;
using System.Globalization;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Inspection;

/// <summary>Describes the assumptions of guards for people.</summary>
internal static class GuardDescription
{
    /// <summary>The depth up to which nested operations are written out.</summary>
    private const int MaxDepth = 3;

    /// <summary>The assumption of an operation that may exit.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="root">The proc of the region's root frame, whose registers and captures have names.</param>
    public static string Of(IrNode node, LinkedPrototype root) => Fill(IrOpTexts.Of(node.Op).Holds!, node, holds: true, root);

    /// <summary>The assumption of a block that ends with an exit.</summary>
    public static string OfEnd(RegionProfile profile, Snapshot exit)
    {
        CallContext? context = profile.Root;
        for (int i = 1; i < exit.Frames.Length && context is not null; i++)
        {
            context = context.FindCallee(exit.Frames[i - 1].Pc - 1, exit.Frames[i].Code);
        }

        SnapshotFrame here = exit.Innermost;
        if (context?.ProfileAt(here.Pc) is null)
        {
            return "control takes a recorded path";
        }

        OpcodeInfo row = OpcodeInfo.Of(here.Code.Prototype.Code[here.Pc].Op);
        return row.Ends || row.Opcode == Opcode.Switch
            ? $"never: only the interpreter executes {row.Mnemonic}"
            : "never: this path does not return to the loop head";
    }

    private static string Condition(IrNode node, bool holds, LinkedPrototype root) => node switch
    {
        { Op: IrOp.Not } => Condition(node.Inputs[0], !holds, root),
        { Op: IrOp.EqInt, Inputs: [{ Op: IrOp.ListStrategy }, { Op: IrOp.ConstInt } strategy] } => Strategy(strategy.Bits, holds),
        { Op: IrOp.EqInt, Inputs: [{ Op: IrOp.AndInt, Inputs: [{ Op: IrOp.ListStrategy }, { Op: IrOp.ConstInt } others] }, _] } =>
            Strategy(~others.Bits, holds) + (holds ? " or is empty" : " and is not empty"),
        { Op: IrOp.EqInt, Inputs: [{ Op: IrOp.ListElementKind }, { Op: IrOp.ConstInt } kind] } =>
            $"the list's elements are {(holds ? string.Empty : "not ")}annotated as {(SlotKind)kind.Bits}",
        _ when node.Row.IsExpression && IrOpTexts.Of(node.Op).Holds is { } text => Fill(text, node, holds, root),
        _ => $"{Expression(node, root, 0)} is {(holds ? "true" : "false")}",
    };

    /// <summary>A text of a row with words for what is between braces.</summary>
    private static string Fill(string text, IrNode node, bool holds, LinkedPrototype root)
    {
        string[] parts = text.Split('{', '}');
        for (int i = 1; i < parts.Length; i += 2)
        {
            parts[i] = parts[i] switch
            {
                "subject" => Subject(node.Inputs[0], root),
                "condition" => Condition(node.Inputs[0], holds: true, root),
                "not condition" => Condition(node.Inputs[0], holds: false, root),
                "container" => Container(node.Inputs[1]),
                "type" => TypeDescription(node.Row.Bits == IrBits.Type ? (IrType)node.Bits : node.Type),
                "shape" => node.Shape?.Name,
                "code" => ((LinkedPrototype)node.Payload!).Prototype.Name,
                "callee" => NameOf(node.Inputs[1].Payload),
                "helper" => ((RegionHelper)node.Payload!).Name,
                var words => words.Split('|')[holds ? 0 : 1],
            } ?? string.Empty;
        }

        return string.Concat(parts);
    }

    private static string NameOf(object? callee) => callee switch
    {
        NativeProc native => native.Intrinsic.Name,
        Shape shape => shape.Name,
        _ => "the same as before",
    };

    private static string Strategy(long strategy, bool holds) => (ListStrategy)strategy switch
    {
        ListStrategy.Empty => holds ? "the list never had an element" : "the list has had an element",
        ListStrategy.Values => $"the list {(holds ? "stores" : "does not store")} values of any kind",
        ListStrategy kind => $"the list {(holds ? "stores" : "does not store")} {kind.ToString().ToLowerInvariant()} only",
    };

    private static string Container(IrNode bound) =>
        bound.Row.Range == IrRange.Length ? $"the {NameOf(bound.Inputs[0].Type)}" : "its bounds";

    private static string Expression(IrNode node, LinkedPrototype root, int depth)
    {
        if (IrOpTexts.Of(node.Op).Symbol is not { } sign || depth == MaxDepth)
        {
            return Subject(node, root);
        }

        string text = $"{Expression(node.Inputs[0], root, depth + 1)} {sign} {Expression(node.Inputs[1], root, depth + 1)}";
        return depth == 0 ? text : $"({text})";
    }

    /// <summary>A value, by its name in the script if it has one.</summary>
    private static string Subject(IrNode node, LinkedPrototype root)
    {
        while (node.Inputs.Length == 1
            && (node.Family is IrFamily.Box or IrFamily.Unbox or IrFamily.As || node.Op is IrOp.IsTruthy or IrOp.LoadUpvalue))
        {
            node = node.Inputs[0];
        }

        Prototype prototype = root.Prototype;
        return node.Row.Place switch
        {
            IrPlace.Register when node.Bits < prototype.Parameters.Length => prototype.Parameters[(int)node.Bits].Name,
            IrPlace.Register when node.Bits < root.RegisterCount => $"r{node.Bits}",
            IrPlace.Capture when node.Inputs[0].Op == IrOp.RootClosure && node.Bits < prototype.Captures.Length =>
                prototype.Captures[(int)node.Bits].Name,
            IrPlace.Variable => VariableName((ModuleInstance)node.Payload!, (int)node.Bits),
            IrPlace.Field => FieldName(node),
            IrPlace.Element or IrPlace.Entry => "the element",
            IrPlace.Item => "the item",
            IrPlace.None or IrPlace.Register or IrPlace.Capture or IrPlace.Upvalue => Computed(node),
        };
    }

    /// <summary>A value that the script has no place for.</summary>
    private static string Computed(IrNode node) => node switch
    {
        { Op: IrOp.ConstInt } => node.Bits.ToString(CultureInfo.InvariantCulture),
        { Op: IrOp.ConstFloat } => BitConverter.Int64BitsToDouble(node.Bits).ToString("R", CultureInfo.InvariantCulture),
        { Op: IrOp.Call, Payload: RegionHelper helper } => $"the result of {helper.Name}",
        { Row.Range: IrRange.Length or IrRange.Count } => "the length",
        _ => IrTypes.GroupOf(node.Type) switch
        {
            IrTypeGroup.Int => "an int",
            IrTypeGroup.Float => "a float",
            IrTypeGroup.Bool => "the condition",
            IrTypeGroup.Decimal => "a decimal",
            IrTypeGroup.None or IrTypeGroup.Any or IrTypeGroup.Object or IrTypeGroup.Storage or IrTypeGroup.Vector => "the value",
        },
    };

    private static string VariableName(ModuleInstance module, int slot) =>
        module.Compiled is { } compiled && slot < compiled.Variables.Length ? compiled.Variables[slot].Name : "the variable";

    private static string FieldName(IrNode load) =>
        load.Inputs[0].Shape is { } shape && load.Bits < shape.Fields.Length ? $"field {shape.Fields[load.Bits].Name}" : "the field";

    private static string TypeDescription(IrType type) => type switch
    {
        IrType.Object => "an object",
        IrType.Upvalue => "a captured variable",
        IrType.Closure => "a script proc",
        IrType.BigInt => "a big int",
        IrType.None or IrType.Int or IrType.Float or IrType.Bool or IrType.Decimal or IrType.Any or IrType.List or IrType.Map
            or IrType.Set or IrType.Str or IrType.Tuple or IrType.Struct or IrType.Range or IrType.Bytes or IrType.Generator
            or IrType.Channel or IrType.Task or IrType.IntArray or IrType.FloatArray or IrType.BoolArray or IrType.ValueArray
            or IrType.Units or IrType.Builder or IrType.IntVector or IrType.FloatVector => $"a {NameOf(type)}",
    };

    private static string NameOf(IrType type) => type.ToString().ToLowerInvariant();
}
