using System;
using System.Reflection;

namespace Lyra.Jit.Ir;

/// <summary>
/// The row of an operation. Inputs, one letter each, separated by blanks: <c>i</c> Int, <c>f</c> Float, <c>b</c> Bool, <c>a</c> Any,
/// <c>o</c> any object type, <c>l</c> List, <c>m</c> Map, <c>s</c> Str, <c>t</c> Tuple, <c>x</c> Struct, <c>c</c> Closure, <c>u</c>
/// Upvalue, <c>r</c> Range, <c>I F B V</c> arrays of ints, floats, bools and values, <c>U</c> Units; <c>*</c> any number of any type.
/// </summary>
/// <remarks>
/// What a row does not declare is assumed to be the worst: without effects the operation counts as one that runs script code and reads and
/// writes all memory, and without <see cref="Hoists"/> it never leaves its loop.
/// </remarks>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class IrRowAttribute : Attribute
{
    public IrRowAttribute(IrFamily family, string inputs, IrType result, string meaning)
        : this(family, inputs, result, meaning, IrEffects.Observes | IrEffects.Fixed)
    {
        Reads = IrMemory.All;
        Writes = IrMemory.All;
    }

    public IrRowAttribute(IrFamily family, string inputs, IrType result, string meaning, IrEffects effects)
    {
        Family = family;
        Inputs = inputs;
        Result = result;
        Meaning = meaning;
        Effects = effects;
    }

    public IrFamily Family { get; }

    public string Inputs { get; }

    /// <summary>The type of the result; for an operation of "any type" the default type of its nodes.</summary>
    public IrType Result { get; }

    public string Meaning { get; }

    public IrEffects Effects { get; }

    public IrMemory Reads { get; init; }

    public IrMemory Writes { get; init; }

    public IrHoisting Hoists { get; init; }

    /// <summary>The operation that gives the same result where the check of this one is known to pass.</summary>
    public IrOp Unchecked
    {
        get => HasUnchecked ? field : throw new InvalidOperationException("The row has no unchecked form.");
        init
        {
            field = value;
            HasUnchecked = true;
        }
    }

    public bool HasUnchecked { get; private init; }

    public IrBits Bits { get; init; }

    public IrPayload Payload { get; init; }

    public IrTraits Traits { get; init; }
}

/// <summary>A row of the table in decoded form.</summary>
internal sealed class IrOpInfo
{
    // By operation, decoded at the first use: a region needs some of them. Two threads may both decode a row.
    private static readonly IrOpInfo[] Rows = new IrOpInfo[byte.MaxValue + 1];

    private IrOpInfo(IrOp op, IrRowAttribute row)
    {
        Op = op;
        Family = row.Family;
        Result = row.Result;
        Effects = row.Effects;
        Reads = row.Reads;
        Writes = row.Writes;
        Hoists = row.Hoists;
        Unchecked = row.HasUnchecked ? row.Unchecked : op;
        Bits = row.Bits;
        Payload = row.Payload;
        Traits = row.Traits;
        IsVariadic = row.Inputs == "*";
        Inputs = IsVariadic || row.Inputs.Length == 0
            ? []
            : Array.ConvertAll(row.Inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries), s => s[0]);
    }

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

    public IrOp Op { get; }

    public string Name => Op.ToString();

    public IrFamily Family { get; }

    /// <summary>The letters of the inputs; empty when <see cref="IsVariadic"/>.</summary>
    public char[] Inputs { get; }

    public bool IsVariadic { get; }

    public IrType Result { get; }

    /// <summary>What the operation does, in a sentence.</summary>
    public string Meaning => typeof(IrOp).GetField(Name)!.GetCustomAttribute<IrRowAttribute>()!.Meaning;

    public IrEffects Effects { get; }

    public IrMemory Reads { get; }

    public IrMemory Writes { get; }

    public IrHoisting Hoists { get; }

    /// <summary>The operation without its check; the operation itself when it has none.</summary>
    public IrOp Unchecked { get; }

    public IrBits Bits { get; }

    public IrPayload Payload { get; }

    public IrTraits Traits { get; }

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
