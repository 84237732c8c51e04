using System;
using System.Linq;
using Lyra.Jit.Regions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Shouldly;

namespace Lyra.Tests.Jit.Deoptimization;

/// <summary>Runs scripts in which a region written in C# replaces the interpreter's loop once.</summary>
internal static class HandMadeRegions
{
    /// <summary>The output of the script when a region replaces the first execution of an instruction.</summary>
    public static string EnterAt(string source, string proc, Opcode opcode, Func<IFrameHost, Region?> make, LyraLimits? limits = null) =>
        Enter(source, frame => frame.Prototype.Name == proc, (code, pc) => code.Prototype.Code[pc].Op == opcode, make, limits);

    public static string EnterAt(string source, string proc, int pc, Func<IFrameHost, Region?> make) =>
        Enter(source, frame => frame.Prototype.Name == proc, (_, at) => at == pc, make, null);

    private static string Enter(
        string source, Func<Closure, bool> isProc, Func<LinkedPrototype, int, bool> isPlace, Func<IFrameHost, Region?> make,
        LyraLimits? limits)
    {
        bool isEntered = false;
        string output = SingleRuns.Run(source, interpreter => () =>
        {
            IFrameHost host = interpreter.FrameView;
            Closure running = host.ClosureOf(host.Top);
            if (isEntered || !isProc(running) || !isPlace(running.Code, host.PcOf(host.Top)))
            {
                return interpreter.ExecuteOne();
            }

            isEntered = true;
            interpreter.EnsureExits();
            bool continues = make(host) is not { } region || RegionRuntime.Enter(region).Kind != RegionExitKind.Raised;
            interpreter.InRegion.ShouldBeFalse();
            return continues;
        }, 2, limits);
        isEntered.ShouldBeTrue();
        return output[..(output.LastIndexOf('\n') + 1)];
    }

    /// <summary>A region that exits immediately through its only guard.</summary>
    public static Region Exiting(IFrameHost host, Action<ScriptContext> fill, params ExitFrame[] frames) =>
        Region(new RegionData { Frames = host, States = [new ExitState(frames)] }, (context, _, _) =>
        {
            fill(context);
            return 0;
        });

    public static Region Region(RegionData data, LoopCode code) => new()
    {
        Profile = new(Lyra.Jit.Profiles.RegionKind.Loop, data.States[0].Frames[0].Code, 0, 0),
        Data = data,
        Guards = [.. data.States.Select((_, i) => new RegionGuard(i, "test", data.States[0].Frames[0].Code, 0))],
        Loop = code,
    };

    public static ExitFrame Frame(LinkedPrototype code, int pc, params ExitSlot[] slots) =>
        new() { Code = code, Pc = pc, Base = 0, ReturnSlot = 0, DropsResult = false, Closure = null, Slots = slots };

    public static ExitFrame Inlined(Closure closure, int origin, int pc, ExitSlot from, params ExitSlot[] slots) =>
        new() { Code = closure.Code, Pc = pc, Base = origin, ReturnSlot = origin - 1, DropsResult = false, Closure = from, Slots = slots };

    public static ExitSlot[] Ints(params int[] indices) =>
        [.. indices.Select((index, register) => new ExitSlot(register, ExitSource.Int, index, default))];

    public static int PcOf(LinkedPrototype code, Opcode opcode) => Array.FindIndex(code.Prototype.Code, i => i.Op == opcode);

    /// <summary>The first register of the first call of a declared proc.</summary>
    public static int WindowOf(LinkedPrototype code) => code.Prototype.Code[PcOf(code, Opcode.CallProc)].A;

    public static Closure Find(IFrameHost host, string name)
    {
        ModuleInstance module = host.ClosureOf(host.Top).Code.Module;
        return module.Slots.Select(v => v.Ref).OfType<Closure>().Single(c => c.Prototype.Name == name);
    }
}
