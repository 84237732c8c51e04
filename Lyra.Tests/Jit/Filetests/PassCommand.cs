using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes;
using Shouldly;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>
/// Runs passes over a function. Verifies the result of each, runs a single pass a second time, which must change nothing, and evaluates
/// the function before and after.
/// </summary>
internal sealed class PassCommand(Filetest file, FiletestFunction function)
{
    private readonly FiletestObjects _objects = new();
    private readonly IIrPass[] _passes = Array.ConvertAll(file.Passes, Find);

    public IEnumerable<string> Output()
    {
        IrGraph before = _objects.Parse(function.InputText);
        IrGraph after = _objects.Parse(function.InputText);
        if (!file.IsUnverified)
        {
            IrVerifier.Verify(before).ShouldBeEmpty("of the input");
        }

        bool isChanged = Run(after);
        string text = _objects.Print(after);
        if (!isChanged)
        {
            text.ShouldBe(_objects.Print(before), "the pass says that it changed nothing");
        }

        RunAgain(after, text);
        MeaningCheck check = new(_objects, before, after, _passes);
        CheckEdges(check);
        string[] output = FiletestFunction.OutputLines(isChanged ? text : null);
        return [.. function.Input, .. output, .. function.Runs.Select(run => FiletestFunction.RunLine(run, check.Run(run)))];
    }

    private static IIrPass Find(string name) => PassList.All.FirstOrDefault(pass => pass.Name == name)
        ?? throw new FormatException($"`{name}` is no pass; PassList.cs lists them");

    private bool Run(IrGraph graph)
    {
        bool isChanged = false;
        foreach (IIrPass pass in _passes)
        {
            isChanged |= pass.Run(graph);
            IrVerifier.Check(graph, pass.Name);
        }

        return isChanged;
    }

    private void RunAgain(IrGraph graph, string text)
    {
        if (_passes.Length == 1 && file.NotRepeatable is null)
        {
            _passes[0].Run(graph).ShouldBeFalse($"a second run says that it changed something:\n{text}became\n{_objects.Print(graph)}");
            _objects.Print(graph).ShouldBe(text, "a second run changed something");
        }
    }

    private void CheckEdges(MeaningCheck check)
    {
        int evaluated = check.CompareOnEdgeValues();
        if (file.NotEvaluated is null)
        {
            evaluated.ShouldBeGreaterThan(0, "no input runs past the entry to an end; add `not-evaluated REASON` to the head");
        }
        else
        {
            evaluated.ShouldBe(0, "the function can be evaluated: remove `not-evaluated` from the head");
        }
    }
}
