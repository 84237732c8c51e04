using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using Lyra.Testing;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>The objects that the text of one function may name. Its modules are its own, because runs change their variables.</summary>
internal sealed class FiletestObjects
{
    private readonly ModuleInstance[] _modules = [IrTexts.Module("game", 4), IrTexts.Module("other", 4)];
    private readonly Dictionary<string, object> _objects = new(IrTexts.Objects);

    public FiletestObjects()
    {
        (_objects["game"], _objects["other"]) = (_modules[0], _modules[1]);
    }

    public IrGraph Parse(string text) => IrParser.Parse(text, IrTexts.Helpers, _objects);

    public string Print(IrGraph graph) => IrPrinter.Print(graph, new IrNames(_objects));

    /// <summary>Gives the variables of the modules their initial values.</summary>
    public void Reset()
    {
        for (int i = 0; i < _modules.Length; i++)
        {
            Array.Fill(_modules[i].Slots, Value.FromInt(100 + i));
        }
    }

    /// <summary>The variables of all modules.</summary>
    public Value[] Variables => [.. _modules[0].Slots, .. _modules[1].Slots];
}
