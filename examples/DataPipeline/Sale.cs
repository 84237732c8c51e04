using System;

namespace DataPipeline;

/// <summary>What the script makes of a row. The engine makes it of the script's map: each key is a property.</summary>
internal sealed record Sale(DateOnly Date, string Region, string Product, int Count, decimal Euros);
