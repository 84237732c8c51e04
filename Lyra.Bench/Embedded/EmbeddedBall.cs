namespace Lyra.Bench.Embedded;

/// <summary>The host object that the scripts of every engine use.</summary>
public sealed class EmbeddedBall
{
    public double X { get; set; } = 0.5;

    public double Energy(int i) => (X * 0.5) + i;
}
