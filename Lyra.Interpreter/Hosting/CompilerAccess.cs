using System.Runtime.CompilerServices;
using Lyra.Jit.Inspection;
using Lyra.Jit.Tiering;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// The compiler of an engine, for tools that show or compare compiled code. Connect them before the first script runs, to an engine that
/// compiles. No method is inlined, because each loads the assembly of the compiler.
/// </summary>
internal readonly struct CompilerAccess(Execution.Interpreter interpreter)
{
    /// <summary>Connects an inspector of everything that is compiled.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Inspect(RegionInspector inspector) => inspector.Watch(interpreter.Tiers);

    /// <summary>Connects a listener to every stage of every compilation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Listen(ICompileListener listener) => interpreter.Tiers.Compiler.Listener = listener;

    /// <summary>Limits the compilations and their passes. The engine must not compile in the background.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Limit(CompileFuel fuel) => interpreter.Tiers.Compiler.Fuel = fuel;

    /// <summary>Replaces the options of the tier controller. The thresholds of the engine's options stay in effect.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public TierController Use(TierOptions options)
    {
        interpreter.Tiering.Use(host => new TierController(host, options));
        return interpreter.Tiers;
    }
}
