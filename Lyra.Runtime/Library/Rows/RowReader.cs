using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Rows;

/// <summary>
/// Visits the rows of one part of the library, to find one by name or to collect them all. A part is a static method that names each
/// row and registers it if it is wanted:
/// <code>
/// rows.Row("sqrt(x)")?.Register(Sqrt, IntrinsicTraits.Pure);
/// rows.Constant("pi")?.Register(Value.FromFloat(Math.PI));
/// </code>
/// A lookup creates only the row that it finds, so that a program pays only for the builtins that it uses. A table built as a whole would
/// allocate a delegate for each row at start-up.
/// </summary>
/// <param name="owner">The type's or module's name; null for the builtins.</param>
/// <param name="name">The row to find; null to collect all.</param>
internal sealed class RowReader(string? owner, string? name)
{
    private string _signature = string.Empty;

    /// <summary>Whether the row to register is a property.</summary>
    private bool _isProperty;

    /// <summary>The row with the name; null when there is none.</summary>
    public Intrinsic? Found { get; private set; }

    /// <summary>The constant with the name; the unset marker when there is none.</summary>
    public Value FoundConstant { get; private set; } = Value.Unset;

    /// <summary>Whether the name is that of a part: a module within the module.</summary>
    public bool IsPart { get; private set; }

    /// <summary>The names of all parts, when no name was given.</summary>
    public List<string> AllParts => field ??= [];

    /// <summary>All rows, when no name was given.</summary>
    public List<Intrinsic> All => field ??= [];

    /// <summary>All constants, when no name was given.</summary>
    public GrowableArray<KeyValuePair<string, Value>> AllConstants => field ??= new();

    /// <summary>Receives the names of all rows, of which none is made then; null to make rows.</summary>
    public HashSet<string>? Names { get; init; }

    /// <summary>
    /// This reader, to register the row with a signature (see <see cref="Intrinsic"/>); null if the row is not wanted. Of two rows with
    /// the same name, the first one counts.
    /// </summary>
    public RowReader? Row(string signature)
    {
        if (Names is not null)
        {
            Names.Add(signature[..signature.IndexOf('(', StringComparison.Ordinal)]);
            return null;
        }

        bool isWanted = name is null ? !IsKnown(signature) : Found is null && IsNamed(signature, name);
        return isWanted ? At(signature) : null;
    }

    /// <summary>
    /// This reader, to register a property of a type: a row that scripts read without a call, as <c>x.name</c>. Null if it is not wanted.
    /// </summary>
    public RowReader? Property(string property)
    {
        RowReader? wanted = Row($"{property}(self)");
        _isProperty = wanted is not null;
        return wanted;
    }

    private bool IsKnown(string signature)
    {
        foreach (Intrinsic row in All)
        {
            if (IsNamed(signature, row.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>This reader, to register the constant of a name; null if it is not wanted.</summary>
    public RowReader? Constant(string constant) =>
        name is null || string.Equals(constant, name, StringComparison.Ordinal) ? At(constant) : null;

    /// <summary>Registers a module within the module, whose rows the table has under both names (<c>encoding.hex</c>).</summary>
    public void Part(string part)
    {
        IsPart |= string.Equals(part, name, StringComparison.Ordinal);
        if (name is null)
        {
            AllParts.Add(part);
        }
    }

    /// <summary>Registers the row of <see cref="Row"/>.</summary>
    public void Register(
        NativeFunction handler,
        IntrinsicTraits traits = IntrinsicTraits.None,
        IntrinsicId id = IntrinsicId.None,
        int least = 0)
    {
        Add(new Intrinsic(_signature, handler, traits, id, owner, least) { IsProperty = _isProperty });
        _isProperty = false;
    }

    /// <summary>Registers the row of <see cref="Row"/>, for an intrinsic that is written in Lyra.</summary>
    /// <param name="traits">The effects.</param>
    /// <param name="from">The fewest arguments for which it is.</param>
    /// <param name="handler">Executes calls with fewer arguments; null if there are none.</param>
    /// <param name="id">The id of calls with fewer arguments.</param>
    public void RegisterScripted(
        IntrinsicTraits traits = IntrinsicTraits.CallsBack, int from = 0, NativeFunction? handler = null, IntrinsicId id = IntrinsicId.None)
    {
        Intrinsic? row = null;
        NativeFunction run = (context, arguments) => CallScripted(context, row!, handler, arguments);
        row = new Intrinsic(_signature, run, traits | IntrinsicTraits.Scripted, id, owner) { ScriptedFrom = from };
        Add(row);
    }

    /// <summary>
    /// Registers the row of <see cref="Row"/>, for an intrinsic that takes any number of arguments and passes them, as one list, to a proc
    /// that is written in Lyra and makes an iterator. The proc closes the arguments that the call's expression has made.
    /// </summary>
    /// <param name="least">The fewest arguments.</param>
    public void RegisterGathering(int least = 0)
    {
        Intrinsic? row = null;
        NativeFunction run = (context, arguments) =>
        {
            Value list = Value.FromObject(ListObject.Of(context, arguments));
            return context.Invoke(Value.FromObject(context.FindScripted(row!, 1)), new ReadOnlySpan<Value>(in list));
        };
        IntrinsicTraits traits = IntrinsicTraits.CallsBack | IntrinsicTraits.Restartable | IntrinsicTraits.ClosesGiven;
        row = new Intrinsic(_signature, run, traits, IntrinsicId.None, owner, least);
        Add(row);
    }

    /// <summary>
    /// Registers the row of <see cref="Row"/>, for an intrinsic that calls a proc of a library module that is written in Lyra. The proc has
    /// the same parameters; those that are left out are nil.
    /// </summary>
    /// <param name="maker">The name of the proc.</param>
    public void RegisterMaker(string maker)
    {
        Intrinsic? row = null;
        NativeFunction run = (context, arguments) =>
        {
            Value[] all = new Value[row!.MaxArguments];
            for (int i = 0; i < all.Length; i++)
            {
                all[i] = i < arguments.Length && !arguments[i].IsUnset ? arguments[i] : Value.Nil;
            }

            return context.Invoke(Value.FromObject(context.FindScripted(row, all.Length)), all);
        };
        row = new Intrinsic(_signature, run, IntrinsicTraits.CallsBack | IntrinsicTraits.Restartable, IntrinsicId.None, owner)
        {
            Maker = maker,
        };
        Add(row);
    }

    /// <summary>Registers the constant of <see cref="Constant"/>.</summary>
    public void Register(in Value constant)
    {
        FoundConstant = constant;
        if (name is null)
        {
            AllConstants.Add(new(_signature, constant));
        }
    }

    private RowReader At(string signature)
    {
        _signature = signature;
        return this;
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
