using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;

namespace Lyra.Testing;

/// <summary>
/// Parses assembly text that <see cref="Disassembler"/> printed or that people wrote: positions in front of instructions are optional, and
/// labels may have any name. The result is not verified.
/// </summary>
internal sealed class Assembler
{
    private readonly List<AssemblyLine> _head = [];
    private readonly List<PrototypeText> _prototypes = [];
    private readonly List<string> _sourceLines = [];

    private Assembler(string text)
    {
        string[] lines = text.Split('\n');
        int number = 0;
        while (number < lines.Length && lines[number].Trim() != "source")
        {
            AddLine(new AssemblyLine(lines[number], ++number));
        }

        for (number++; number < lines.Length && lines[number].StartsWith("| ", StringComparison.Ordinal); number++)
        {
            _sourceLines.Add(lines[number][2..]);
        }
    }

    /// <summary>Parses the text of a module.</summary>
    /// <exception cref="AssemblyException">The text is malformed; the exception names the line.</exception>
    public static CompiledModule Parse(string text) => new Assembler(text).Build();

    private void AddLine(AssemblyLine line)
    {
        if (line.IsAtEnd)
        {
            return;
        }

        if (line.PeekWord().SequenceEqual("proc"))
        {
            _prototypes.Add(new PrototypeText(line));
        }
        else if (_prototypes.Count == 0)
        {
            _head.Add(line);
        }
        else
        {
            _prototypes[^1].Add(line);
        }
    }

    private CompiledModule Build()
    {
        if (_head.Count == 0 || _prototypes.Count == 0)
        {
            throw new AssemblyException(1, "a module has a head and at least one proc");
        }

        AssemblyLine first = _head[0];
        first.Expect("module");
        ScriptSource source = new(first.Name(), string.Join('\n', _sourceLines));
        first.ExpectEnd();
        List<ModuleVariable> variables = [];
        List<ExternalName> externals = [];
        List<AliasInfo> aliases = [];
        List<EnumInfo> enums = [];
        List<string> builtins = [];
        foreach (AssemblyLine line in _head[1..])
        {
            ReadHeadLine(line, variables, externals, aliases, enums, builtins);
            line.ExpectEnd();
        }

        return new CompiledModule
        {
            Source = source,
            Main = BuildPrototypes(source),
            Variables = [.. variables],
            Externals = [.. externals],
            Aliases = [.. aliases],
            Enums = [.. enums],
            Builtins = [.. builtins],
        };
    }

    private static void ReadHeadLine(
        AssemblyLine line,
        List<ModuleVariable> variables,
        List<ExternalName> externals,
        List<AliasInfo> aliases,
        List<EnumInfo> enums,
        List<string> builtins)
    {
        string word = line.Word("a row of the module");
        switch (word)
        {
            case "variable":
                line.ExpectIndex("m", variables.Count);
                ModuleVariableKind kind = line.Keyword<ModuleVariableKind>("a kind of variable");
                variables.Add(new ModuleVariable(line.Name(), kind, line.TryWord("pub")));
                break;
            case "external":
                line.ExpectIndex("x", externals.Count);
                externals.Add(ReadExternal(line));
                break;
            case "alias":
                aliases.Add(new AliasInfo(line.Index("m", "a module variable"), PrototypeText.ReadType(line)));
                break;
            case "enum":
                enums.Add(new EnumInfo(line.Index("m", "a module variable"), []));
                break;
            case "case" when enums.Count > 0:
                CaseInfo member = new(line.Name(), line.TryWord("value") ? line.Index("m", "a module variable") : -1);
                enums[^1] = enums[^1] with { Cases = [.. enums[^1].Cases, member] };
                break;
            case "builtin":
                line.ExpectIndex("n", builtins.Count);
                builtins.Add(line.Name());
                break;
            default:
                throw line.Fault($"\"{word}\" is not a row of a module");
        }
    }

    private static ExternalName ReadExternal(AssemblyLine line)
    {
        string name = line.Name();
        line.Expect("at");
        int sourceLine = line.Number32("a line");
        line.Expect(':');
        int column = line.Number32("a column");
        line.Expect("length");
        return new ExternalName(name, sourceLine, column, line.Number32("a length"), line.TryWord("assigned"), line.TryWord("type"))
        {
            TypeVariable = line.TryWord("held") ? line.Index("m", "a module variable") : -1,
        };
    }

    /// <summary>Builds the prototypes from last to first, because a prototype is constructed with its children.</summary>
    private Prototype BuildPrototypes(ScriptSource source)
    {
        List<int>[] children = new List<int>[_prototypes.Count];
        for (int i = 0; i < _prototypes.Count; i++)
        {
            children[i] = [];
            int parent = _prototypes[i].ReadHead(i);
            if (parent >= i || (parent < 0) != (i == 0))
            {
                throw new AssemblyException(
                    _prototypes[i].LineNumber, "the first proc must have no parent, and every other proc a parent before it");
            }

            if (i > 0)
            {
                children[parent].Add(i);
            }
        }

        Prototype[] built = new Prototype[_prototypes.Count];
        for (int i = built.Length - 1; i >= 0; i--)
        {
            built[i] = _prototypes[i].Build(source, children[i].ConvertAll(child => built[child]).ToArray());
        }

        return built[0];
    }
}
