using System;
using System.Collections.Generic;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>
/// Reads the rows of one part of the library. A part is a static method that names each row and gives what it stands for:
/// <code>
/// if (rows.Wants("sqrt(x)")) rows.Give(Sqrt, IntrinsicTraits.Pure);
/// if (rows.WantsConstant("pi")) rows.Give(Value.FromFloat(Math.PI));
/// </code>
/// Looking one name up walks the rows without making anything but that row, so a program pays for the builtins it uses (a table built as a
/// whole would make a delegate per row at start-up); walking with no name wanted gives them all. The rows stand in one place only.
/// </summary>
internal sealed class RowReader(string? owner, string? wanted)
{
    private string _signature = string.Empty;

    /// <summary>The row that was wanted; null while not found.</summary>
    public Intrinsic? Found { get; private set; }

    /// <summary>The constant that was wanted; the unset marker while not found.</summary>
    public Value FoundConstant { get; private set; } = Value.Unset;

    /// <summary>All rows, when none was wanted.</summary>
    public List<Intrinsic> All { get; } = [];

    /// <summary>All constants, when no row was wanted.</summary>
    public List<KeyValuePair<string, Value>> AllConstants { get; } = [];

    /// <summary>Whether the row with this signature (see <see cref="Intrinsic"/>) is to be given.</summary>
    public bool Wants(string signature)
    {
        if (wanted is not null && !IsNamed(signature, wanted))
        {
            return false;
        }

        _signature = signature;
        return true;
    }

    /// <summary>Whether the constant of this name is to be given.</summary>
    public bool WantsConstant(string name)
    {
        if (wanted is not null && !string.Equals(name, wanted, StringComparison.Ordinal))
        {
            return false;
        }

        _signature = name;
        return true;
    }

    /// <summary>Gives the row that <see cref="Wants"/> asked about.</summary>
    public void Give(NativeFunction handler, IntrinsicTraits traits = IntrinsicTraits.None, int least = 0)
    {
        Intrinsic row = new(_signature, handler, traits, owner, least);
        Found = row;
        if (wanted is null)
        {
            All.Add(row);
        }
    }

    /// <summary>Gives the constant that <see cref="WantsConstant"/> asked about.</summary>
    public void Give(in Value constant)
    {
        FoundConstant = constant;
        if (wanted is null)
        {
            AllConstants.Add(new(_signature, constant));
        }
    }

    private static bool IsNamed(string signature, string name) =>
        signature.Length > name.Length && signature[name.Length] == '(' && signature.StartsWith(name, StringComparison.Ordinal);
}
