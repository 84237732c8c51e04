namespace Lyra.Bench.Embedded;

/// <summary>A piece of work between a host and its scripts, in the language of each engine.</summary>
/// <param name="Shown">What an operation is.</param>
/// <param name="IsCalledByHost">
/// Whether the host calls <c>price(unit, count)</c> for each operation; otherwise it calls <c>run(n)</c> once for n operations.
/// </param>
/// <param name="Lyra">The script for Lyra.</param>
/// <param name="JavaScript">The script for Jint.</param>
/// <param name="Lua">The script for NLua.</param>
internal sealed record EmbeddedTask(string Shown, bool IsCalledByHost, string Lyra, string JavaScript, string Lua)
{
    public static readonly EmbeddedTask[] All =
    [
        new("call of a script function by the host", true,
            "proc price(unit: float, count: int) -> float { return unit * count }",
            "function price(unit, count) { return unit * count; }",
            "function price(unit, count) return unit * count end"),
        new("read of a property of a host object", false,
            "proc run(n) { var s = 0.0; for i in 0..n { s += ball.x }; return s }",
            "function run(n) { let s = 0; for (let i = 0; i < n; i++) { s += ball.X; } return s; }",
            "function run(n) local s = 0; for i = 0, n - 1 do s = s + ball.X end; return s end"),
        new("call of a method of a host object", false,
            "proc run(n) { var s = 0.0; for i in 0..n { s += ball.energy(i) }; return s }",
            "function run(n) { let s = 0; for (let i = 0; i < n; i++) { s += ball.Energy(i); } return s; }",
            "function run(n) local s = 0; for i = 0, n - 1 do s = s + ball:Energy(i) end; return s end"),
        new("call of a host delegate", false,
            "proc run(n) { var s = 0; for i in 0..n { s = next(s) }; return tofloat(s) }",
            "function run(n) { let s = 0; for (let i = 0; i < n; i++) { s = next(s); } return s; }",
            "function run(n) local s = 0; for i = 0, n - 1 do s = next(s) end; return s end"),
        new("call of a script function that was passed to the host", false,
            "proc run(n) { return repeat(n, x => x + 1) }",
            "function run(n) { return repeat(n, x => x + 1); }",
            "function run(n) return again(n, function(x) return x + 1 end) end"),
    ];
}
