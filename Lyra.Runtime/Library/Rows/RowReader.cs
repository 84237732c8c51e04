using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Rows;

/// <summary>
/// Visits the rows of one part of the library, to find one by name or to collect them all. A part is a static method that tests each
/// row and registers it on a match:
/// <code>
/// if (rows.Matches("sqrt(x)")) rows.Register(Sqrt, IntrinsicTraits.Pure);
/// if (rows.MatchesConstant("pi")) rows.Register(Value.FromFloat(Math.PI));
/// </code>
/// A lookup creates only the row that it finds, so that a program pays only for the builtins that it uses. A table built as a whole would
/// allocate a delegate for each row at start-up.
/// </summary>
/// <param name="owner">The type's or module's name; null for the builtins.</param>
/// <param name="name">The row to find; null to collect all.</param>
internal sealed class RowReader(string? owner, string? name)
{
    private string _signature = string.Empty;

    /// <summary>The row with the name; null when there is none.</summary>
    public Intrinsic? Found { get; private set; }

    /// <summary>The constant with the name; the unset marker when there is none.</summary>
    public Value FoundConstant { get; private set; } = Value.Unset;

    /// <summary>All rows, when no name was given.</summary>
    public List<Intrinsic> All { get; } = [];

    /// <summary>All constants, when no name was given.</summary>
    public GrowableArray<KeyValuePair<string, Value>> AllConstants { get; } = new();

    /// <summary>Whether to register the row with this signature (see <see cref="Intrinsic"/>).</summary>
    public bool Matches(string signature)
    {
        if (name is not null && !IsNamed(signature, name))
        {
            return false;
        }

        _signature = signature;
        return true;
    }

    /// <summary>Whether to register the constant of this name.</summary>
    public bool MatchesConstant(string constant)
    {
        if (name is not null && !string.Equals(constant, name, StringComparison.Ordinal))
        {
            return false;
        }

        _signature = constant;
        return true;
    }

    /// <summary>Registers the row that <see cref="Matches"/> accepted.</summary>
    public void Register(
        NativeFunction handler,
        IntrinsicTraits traits = IntrinsicTraits.None,
        IntrinsicId id = IntrinsicId.None,
        int least = 0) => Add(new Intrinsic(_signature, handler, traits, id, owner, least));

    /// <summary>Registers the row that <see cref="Matches"/> accepted, for an intrinsic that is written in Lyra.</summary>
    /// <param name="traits">The effects.</param>
    /// <param name="from">The fewest arguments for which it is.</param>
    /// <param name="handler">Executes calls with fewer arguments; null if there are none.</param>
    public void RegisterScripted(
        IntrinsicTraits traits = IntrinsicTraits.CallsBack, int from = 0, NativeFunction? handler = null)
    {
        Intrinsic? row = null;
        NativeFunction run = (context, arguments) => CallScripted(context, row!, handler, arguments);
        row = new Intrinsic(_signature, run, traits | IntrinsicTraits.Scripted, IntrinsicId.None, owner) { ScriptedFrom = from };
        Add(row);
    }

    /// <summary>Registers the constant that <see cref="MatchesConstant"/> accepted.</summary>
    public void Register(in Value constant)
    {
        FoundConstant = constant;
        if (name is null)
        {
            AllConstants.Add(new(_signature, constant));
        }
    }

    private void Add(Intrinsic row)
    {
        Found = row;
        if (name is null)
        {
            All.Add(row);
        }
    }

    /// <summary>Calls an intrinsic that is written in Lyra from C# code.</summary>
    private static Value CallScripted(ScriptContext context, Intrinsic row, NativeFunction? handler, ReadOnlySpan<Value> arguments)
    {
        int count = arguments.Length;
        while (count > row.MinArguments && arguments[count - 1].IsUnset)
        {
            count--;
        }

        return row.IsScripted(count)
            ? context.Invoke(Value.FromObject(context.FindScripted(row, count)), arguments[..count])
            : handler!(context, arguments);
    }

    private static bool IsNamed(string signature, string name) =>
        signature.Length > name.Length && signature[name.Length] == '(' && signature.StartsWith(name, StringComparison.Ordinal);
}
