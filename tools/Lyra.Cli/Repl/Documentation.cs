using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Analysis.Docs;
using Lyra.Cli.Files;
using Lyra.Cli.Output;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Cli.Repl;

/// <summary>
/// <c>:doc</c>: the documentation of a name, which may be one of the session, of a module or of the library, or of a member, such as
/// <c>Order.price</c>, <c>json.parse</c> or <c>str.split</c>.
/// </summary>
internal static class Documentation
{
    private const string Sequences = "sequences";
    private const string SameAsSequences = "As of sequences.";

    public static void Show(ReplSession session, string name)
    {
        string[] path = name.Split('.', StringSplitOptions.TrimEntries);
        (string Owner, DocEntry Entry)[] found = [.. Find(session, path)];
        if (found.Length == 0)
        {
            throw new UsageException($"nothing here is called '{ErrorReport.OneLine(name)}'");
        }

        for (int i = 0; i < found.Length; i++)
        {
            Separate(session, i);
            Write(session, found[i].Owner, found[i].Entry);
        }
    }

    /// <summary>The session's own names come first; a name alone may also be a method of several types.</summary>
    private static IEnumerable<(string Owner, DocEntry Entry)> Find(ReplSession session, string[] path)
    {
        if (Declared(session, path) is { } declared)
        {
            return [(string.Empty, declared)];
        }

        string last = path[^1];
        if (path.Length == 1)
        {
            (string Owner, DocEntry Entry)[] named = [.. LibraryDocs.Named(last)];
            return named.Any(static row => row.Owner == LibraryDocs.Builtins)
                ? named.Where(static row => row.Owner == LibraryDocs.Builtins)
                : named.Length > 0 ? named
                : OfModule(last);
        }

        string owner = string.Join('.', path[..^1]);
        return LibraryDocs.OfModule(owner).Where(entry => entry.Name == last).Select(entry => (owner, entry))
            .Concat(OfType(TypeOf(session, owner), last));
    }

    private static IEnumerable<(string Owner, DocEntry Entry)> OfModule(string name)
    {
        DocEntry[] members = [.. LibraryDocs.OfModule(name)];
        return members.Length == 0 ? [] : [(string.Empty, new DocEntry(name, $"module {name}", string.Empty, [.. members]))];
    }

    /// <summary>The method of a type, or else that of all sequences.</summary>
    private static IEnumerable<(string Owner, DocEntry Entry)> OfType(string type, string name)
    {
        DocEntry? own = LibraryDocs.OfType(type).FirstOrDefault(entry => entry.Name == name);
        DocEntry? shared = LibraryTable.AllMethods(KindOf(type)).Any(row => row.Name == name)
            ? LibraryDocs.OfType(Sequences).FirstOrDefault(entry => entry.Name == name)
            : null;
        bool isSame = own?.Text.StartsWith(SameAsSequences, StringComparison.Ordinal) ?? true;
        return (isSame ? shared : own) is { } found ? [(type, found)] : [];
    }

    private static ValueKind KindOf(string type) => Enum.TryParse(type, ignoreCase: true, out ValueKind kind) ? kind : ValueKind.Nil;

    /// <summary>The type of a variable's value, or the name itself, which may be that of a type.</summary>
    private static string TypeOf(ReplSession session, string name) =>
        session.Engine.Globals.TryGetValue(name, out LyraValue value) && value.Kind != ValueKind.Proc ? Throw.TypeName(value.Raw) : name;

    private static DocEntry? Declared(ReplSession session, string[] path)
    {
        for (int i = session.Sources.Count - 1; i >= 0; i--)
        {
            if (Within(SourceDocs.Of(session.Sources[i]), path) is { } entry)
            {
                return entry;
            }
        }

        return session.Engine.Globals.TryGetValue(path[0], out LyraValue value) ? Imported(value.Raw, path) : null;
    }

    /// <summary>What a module declares: that of an imported module, or of one that declares an imported value.</summary>
    private static DocEntry? Imported(in Value value, string[] path)
    {
        string[] inModule = value.Ref is ModuleInstance ? path[1..] : [NameOf(value), .. path[1..]];
        return inModule.Length > 0 && ModuleOf(value)?.Compiled?.Source is { } source
            ? Within(SourceDocs.Of(new SourceText(source.Text, source.FileName)), inModule)
            : null;
    }

    private static string NameOf(in Value value) => value.Ref switch
    {
        Closure proc => proc.Prototype.Name,
        Shape type => type.Name,
        EnumType type => type.Name,
        _ => string.Empty,
    };

    private static ModuleInstance? ModuleOf(in Value value) => value.Ref switch
    {
        ModuleInstance module => module,
        Closure proc => proc.Code.Module,
        Shape type => type.Constructor.Code.Module,
        EnumType type => type.Cases.Select(static @case => @case.Member).OfType<StructObject>().FirstOrDefault()?.Shape
            .Constructor.Code.Module,
        _ => null,
    };

    private static DocEntry? Within(IEnumerable<DocEntry> entries, ReadOnlySpan<string> path)
    {
        string name = path[0];
        DocEntry? found = entries.LastOrDefault(entry => entry.Name == name);
        return found is null || path.Length == 1 ? found : Within(found.Members, path[1..]);
    }

    private static void Separate(ReplSession session, int position)
    {
        if (position > 0)
        {
            session.Streams.Output.WriteLine();
        }
    }

    private static void Write(ReplSession session, string owner, DocEntry entry)
    {
        session.Streams.Output.WriteLine(
            owner.Length == 0 || owner == LibraryDocs.Builtins ? entry.Signature : $"{owner}.{entry.Signature}");
        string text = entry.Text.Length > 0 || entry.Members.Length > 0 ? entry.Text : "(without documentation)";
        foreach (string line in text.Length == 0 ? [] : text.Split('\n'))
        {
            session.Streams.Output.WriteLine($"  {line}".TrimEnd());
        }

        if (entry.Members.Length > 0)
        {
            string[][] members = [.. entry.Members.Select(static member => new[] { member.Signature, member.Summary })];
            Output.TextTable.Write(session.Streams.Output, session.Streams.IsTerminal, "Members", members);
        }
    }
}
