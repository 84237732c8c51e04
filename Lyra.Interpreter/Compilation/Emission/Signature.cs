using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The parameters of a declared proc or struct, against which its calls are checked.</summary>
internal sealed class Signature
{
    private Dictionary<string, int>? _indexes;

    private Signature(string name, int count, bool hasRest)
    {
        Name = name;
        HasRest = hasRest;
        Names = new string[count];
        IsRequired = new bool[count];
        Types = new SlotType?[count];
    }

    public string Name { get; }

    /// <summary>Whether the last parameter takes the remaining arguments.</summary>
    public bool HasRest { get; }

    public string[] Names { get; }

    public bool[] IsRequired { get; }

    public SlotType?[] Types { get; }

    public int Count => Names.Length;

    /// <summary>The maximum number of positional arguments, without those that a rest parameter takes.</summary>
    public int PositionalCount => HasRest ? Count - 1 : Count;

    /// <summary>The index of a parameter that an argument can name; −1 if there is none.</summary>
    public int IndexOf(string name) => (_indexes ??= IndexNames()).GetValueOrDefault(name, -1);

    public static Signature Of(ProcNode proc, ResolvedModule module)
    {
        Signature result = new(proc.Name!, proc.Parameters.Length, proc.Parameters.Length > 0 && proc.Parameters[^1].IsRest);
        for (int i = 0; i < result.Count; i++)
        {
            Parameter parameter = proc.Parameters[i];
            result.Set(i, parameter.Name, parameter is { IsRest: false, DefaultValue: null }, module.Symbols[parameter].Type);
        }

        return result;
    }

    public static Signature Of(StructLayout layout)
    {
        Signature result = new(layout.Declaration.Name, layout.Fields.Length, false);
        for (int i = 0; i < result.Count; i++)
        {
            result.Set(i, layout.Fields[i].Name, layout.Fields[i].DefaultValue is null, layout.FieldSymbols[i].Type);
        }

        return result;
    }

    /// <summary>The accepted number of arguments in words: "2 arguments", "1 to 3 arguments".</summary>
    public string DescribeCount()
    {
        int required = 0;
        foreach (bool isRequired in IsRequired)
        {
            required += isRequired ? 1 : 0;
        }

        string count = required == PositionalCount ? $"{required}" : $"{required} to {PositionalCount}";
        return PositionalCount == 1 ? $"{count} argument" : $"{count} arguments";
    }

    private void Set(int index, string name, bool isRequired, SlotType? type)
    {
        Names[index] = name;
        IsRequired[index] = isRequired;
        Types[index] = type;
    }

    private Dictionary<string, int> IndexNames()
    {
        Dictionary<string, int> indexes = [];
        for (int i = 0; i < PositionalCount; i++)
        {
            indexes.TryAdd(Names[i], i);
        }

        return indexes;
    }
}
