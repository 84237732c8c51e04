using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Threading;

namespace Lyra.Tests.Census;

/// <summary>
/// The direct calls between the methods of one assembly, read from its IL. A lambda counts as called by the method that makes it. Calls
/// through virtual methods, delegates and instances of generic types have no edge.
/// </summary>
internal sealed class CallGraph
{
    private const int MethodTable = 0x06;
    private const int MethodSpecTable = 0x2B;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly Dictionary<int, List<int>> _calls = [];
    private readonly Dictionary<int, string> _types = [];
    private readonly Dictionary<int, int> _low = [];
    private readonly Stack<int> _open = new();
    private readonly HashSet<int> _isOpen = [];
    private readonly List<List<int>> _cycles = [];

    private CallGraph(PEReader file)
    {
        MetadataReader metadata = file.GetMetadataReader();
        foreach (TypeDefinitionHandle type in metadata.TypeDefinitions)
        {
            foreach (MethodDefinitionHandle method in metadata.GetTypeDefinition(type).GetMethods())
            {
                int token = MetadataTokens.GetToken(method);
                int address = metadata.GetMethodDefinition(method).RelativeVirtualAddress;
                _types[token] = NameOf(metadata, type);
                _calls[token] = address == 0 ? [] : Callees(metadata, file.GetMethodBody(address).GetILBytes()!);
            }
        }
    }

    /// <summary>The cycles of an assembly, each as the names of the types whose methods call each other.</summary>
    public static IReadOnlyList<string> CyclesOf(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        CallGraph graph = new(file);
        Thread search = new(graph.FindCycles, maxStackSize: 64 << 20);
        search.Start();
        search.Join();
        return [.. graph._cycles.Select(graph.TypesOf).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string NameOf(MetadataReader metadata, TypeDefinitionHandle type)
    {
        TypeDefinition definition = metadata.GetTypeDefinition(type);
        string name = metadata.GetString(definition.Name).Split('`')[0];
        return definition.IsNested && name.StartsWith('<') ? NameOf(metadata, definition.GetDeclaringType()) : name;
    }

    private static List<int> Callees(MetadataReader metadata, byte[] il)
    {
        List<int> callees = [];
        int at = 0;
        while (at < il.Length)
        {
            int code = il[at++];
            OpCode op = Codes[code == 0xFE ? (code << 8) | il[at++] : code];
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && MethodOf(metadata, BitConverter.ToInt32(il, at)) is { } method)
            {
                callees.Add(method);
            }

            at += op.OperandType == OperandType.InlineSwitch ? 4 + (4 * BitConverter.ToInt32(il, at)) : SizeOf(op.OperandType);
        }

        return callees;
    }

    private static int? MethodOf(MetadataReader metadata, int token)
    {
        if (token >> 24 == MethodSpecTable)
        {
            token = MetadataTokens.GetToken(
                metadata.GetMethodSpecification((MethodSpecificationHandle)MetadataTokens.EntityHandle(token)).Method);
        }

        return token >> 24 == MethodTable ? token : null;
    }

    private static int SizeOf(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private void FindCycles()
    {
        foreach (int method in _calls.Keys)
        {
            if (_low.TryAdd(method, _low.Count))
            {
                Visit(method);
            }
        }
    }

    /// <summary>Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972).</summary>
    private void Visit(int method)
    {
        int index = _low[method];
        _open.Push(method);
        _isOpen.Add(method);
        foreach (int callee in _calls[method])
        {
            bool isNew = _low.TryAdd(callee, _low.Count);
            if (isNew)
            {
                Visit(callee);
            }

            if (isNew || _isOpen.Contains(callee))
            {
                _low[method] = Math.Min(_low[method], _low[callee]);
            }
        }

        if (_low[method] == index)
        {
            Close(method);
        }
    }

    private void Close(int method)
    {
        List<int> component = [];
        int last;
        do
        {
            last = _open.Pop();
            _isOpen.Remove(last);
            component.Add(last);
        }
        while (last != method);
        if (component.Count > 1 || _calls[method].Contains(method))
        {
            _cycles.Add(component);
        }
    }

    private string TypesOf(List<int> cycle) =>
        string.Join(' ', cycle.Select(method => _types[method]).Distinct().Order(StringComparer.Ordinal));
}
