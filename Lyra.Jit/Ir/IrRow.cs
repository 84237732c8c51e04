using System;

namespace Lyra.Jit.Ir;

/// <summary>
/// The row of an operation. Inputs, one letter each, separated by blanks: <c>i</c> Int, <c>f</c> Float, <c>b</c> Bool, <c>a</c> Any,
/// <c>o</c> any object type, <c>l</c> List, <c>m</c> Map, <c>s</c> Str, <c>t</c> Tuple, <c>x</c> Struct, <c>c</c> Closure, <c>u</c>
/// Upvalue, <c>r</c> Range, <c>I F B V</c> arrays of ints, floats, bools and values, <c>U</c> Units; <c>*</c> any number of any type.
/// </summary>
/// <remarks>
/// What a row does not declare is assumed to be the worst: without effects the operation counts as one that runs script code and reads and
/// writes all memory, without <see cref="Hoists"/> it never leaves its loop, and without <see cref="Range"/> its result is any int. In a
/// column that names an operation, <see cref="IrOp.ConstInt"/> stands for none.
/// </remarks>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class IrRowAttribute : Attribute
{
    public IrRowAttribute(IrFamily family, string inputs, IrType result, string meaning)
        : this(family, inputs, result, meaning, IrActions.Observes | IrActions.Fixed)
    {
        Reads = IrMemory.All;
        Writes = IrMemory.All;
    }

    /// <summary>The row of an operation that never exits.</summary>
    public IrRowAttribute(IrFamily family, string inputs, IrType result, string meaning, IrActions actions)
    {
        Family = family;
        Inputs = inputs;
        Result = result;
        Meaning = meaning;
        Effects = (IrEffects)actions;
    }

    /// <summary>The row of an operation that may exit; <paramref name="holds"/> says what is so when it does not.</summary>
    public IrRowAttribute(
        IrFamily family, string inputs, IrType result, string meaning, string holds, IrActions actions = IrActions.None)
        : this(family, inputs, result, meaning, actions)
    {
        Holds = holds;
        Effects |= IrEffects.Exits;
    }

    public IrFamily Family { get; }

    public string Inputs { get; }

    /// <summary>The type of the result; for an operation of "any type" the default type of its nodes.</summary>
    public IrType Result { get; }

    public string Meaning { get; }

    /// <summary>
    /// For people: what an operation that may exit assumes, and what a test finds when it is true. Between braces are a name for which <see
    /// cref="Inspection.GuardDescription"/> puts words, or words for a test that is true and, behind a bar, for one that is false.
    /// </summary>
    public string? Holds { get; init; }

    /// <summary>How the script writes an operation with two inputs.</summary>
    public string? Symbol { get; init; }

    public IrEffects Effects { get; }

    public IrMemory Reads { get; init; }

    public IrMemory Writes { get; init; }

    public IrHoisting Hoists { get; init; }

    /// <summary>The operation that gives the same result where the check of this one is known to pass.</summary>
    public IrOp Unchecked { get; init; }

    /// <summary>Of a store, and of a load that knows the kind of a value: the load of the same place that names it.</summary>
    public IrOp Location { get; init; }

    /// <summary>Of a load: the kind of place that it accesses. A store has that of its <see cref="Location"/>.</summary>
    public IrPlace Place { get; init; }

    public IrTyping Typing { get; init; }

    /// <summary>Of an operation whose object need not be made: the one that describes it in snapshots.</summary>
    public IrOp Virtual { get; init; }

    /// <summary>Of the same: the one that makes it where it escapes.</summary>
    public IrOp Make { get; init; }

    public IrBits Bits { get; init; }

    public IrPayload Payload { get; init; }

    public IrTraits Traits { get; init; }

    public IrMachine Machine { get; init; }

    public IrRange Range { get; init; }

    /// <summary>Of a test: the type of the values for which alone it is true; None where no type, or the node, tells.</summary>
    public IrType Tests { get; init; }
}

/// <summary>A row of the table in decoded form.</summary>
internal sealed class IrOpInfo(IrOp op, IrRowAttribute row)
{
    // By operation, decoded at the first use: a region needs some of them. Two threads may both decode a row.
    private static readonly IrOpInfo[] Rows = new IrOpInfo[byte.MaxValue + 1];

    /// <summary>All rows.</summary>
    public static ReadOnlySpan<IrOpInfo> Table
    {
        get
        {
            IrOp[] ops = Enum.GetValues<IrOp>();
            foreach (IrOp op in ops)
            {
                Of(op);
            }

            return Rows.AsSpan(0, ops.Length);
        }
    }

    public IrOp Op { get; } = op;

    public string Name => Op.ToString();

    public IrFamily Family { get; } = row.Family;

    /// <summary>The letters of the inputs; empty when <see cref="IsVariadic"/>.</summary>
    public char[] Inputs { get; } = row.Inputs is "*" or "" ? [] : Array.ConvertAll(row.Inputs.Split(' '), static input => input[0]);

    public bool IsVariadic { get; } = row.Inputs == "*";

    public IrType Result { get; } = row.Result;

    public IrEffects Effects { get; } = row.Effects;

    public IrMemory Reads { get; } = row.Reads;

    public IrMemory Writes { get; } = row.Writes;

    public IrHoisting Hoists { get; } = row.Hoists;

    /// <summary>The operation without its check; the operation itself when it has none.</summary>
    public IrOp Unchecked { get; } = row.Unchecked == default ? op : row.Unchecked;

    /// <summary>The load that names the place which a load or store accesses; the operation itself when none does.</summary>
    public IrOp Location { get; } = row.Location == default ? op : row.Location;

    /// <summary>The kind of place that a load or store accesses.</summary>
    public IrPlace Place { get; } = row.Location == default ? row.Place : IrRows.Of(row.Location).Place;

    public IrTyping Typing { get; } = row.Typing;

    /// <summary>The operation that describes the object in snapshots; <see cref="IrOp.ConstInt"/> when the object is always made.</summary>
    public IrOp Virtual { get; } = row.Virtual;

    /// <summary>The operation that makes the object where it escapes; <see cref="IrOp.ConstInt"/> when there is none.</summary>
    public IrOp Make { get; } = row.Make;

    public IrBits Bits { get; } = row.Bits;

    public IrPayload Payload { get; } = row.Payload;

    public IrTraits Traits { get; } = row.Traits;

    public IrMachine Machine { get; } = row.Machine;

    public IrRange Range { get; } = row.Range;

    /// <inheritdoc cref="IrRowAttribute.Tests"/>
    public IrType Tests { get; } = row.Tests;

    /// <summary>
    /// Whether its result is all that it does, so that it may be computed where it is used: its code leaves the result on the evaluation
    /// stack. The code of any other operation stores its result.
    /// </summary>
    public bool IsExpression => Effects == IrEffects.None && Reads == IrMemory.None && Writes == IrMemory.None
        && Result != IrType.Any && (Traits & IrTraits.NeedsLocal) == IrTraits.None;

    public static IrOpInfo Of(IrOp op) => Rows[(int)op] ?? Decode(op);

    /// <summary>Whether an input may have the type where its row has the letter.</summary>
    public static bool Accepts(char letter, IrType type) => letter switch
    {
        'i' => type == IrType.Int,
        'f' => type == IrType.Float,
        'b' => type == IrType.Bool,
        'a' => type == IrType.Any,
        'o' => IrTypes.IsObject(type),
        'l' => type == IrType.List,
        'm' => type == IrType.Map,
        's' => type == IrType.Str,
        't' => type == IrType.Tuple,
        'x' => type == IrType.Struct,
        'c' => type == IrType.Closure,
        'u' => type == IrType.Upvalue,
        'r' => type == IrType.Range,
        'I' => type == IrType.IntArray,
        'F' => type == IrType.FloatArray,
        'B' => type == IrType.BoolArray,
        'V' => type == IrType.ValueArray,
        'U' => type == IrType.Units,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "The letter does not denote an input."),
    };

    private static IrOpInfo Decode(IrOp op) => Rows[(int)op] = new IrOpInfo(op, IrRows.Of(op));
}
